// Interrupted runs through the command line: what they leave, how they are continued, and what is refused.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Thalweg.Cli;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class ResumeTests : IDisposable
{
    private static readonly string[] Short = ["dynamics", "--t", "2", "--tol", "1e-4", "--at", "0.5,1"];

    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    /// <summary>Makes a call that is interrupted before its first step, and so leaves its first checkpoint.</summary>
    /// <param name="root">The folder that paths start from.</param>
    /// <param name="words">The words.</param>
    internal static Answer Interrupted(string root, params string[] words) => Call(root, host => host.Interrupt(), "0", null, words);

    private static Answer Call(string root, Action<Host> before, string? seconds, TimeSpan? limit, string[] words)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var host = new Host { Output = output, Error = error, Root = root, CheckpointSeconds = seconds, TimeLimit = limit };
        before(host);
        var watch = Stopwatch.StartNew();
        int code = CommandLine.Run(words, host);
        return new(code, output.ToString(), error.ToString(), watch.Elapsed);
    }

    // The data, and the result but for what depends on the clock.
    private string[] Content(string folder)
    {
        var manifest = JsonDocument.Parse(File.ReadAllText(place[folder + "/manifest.json"])).RootElement;
        return [Convert.ToHexString(File.ReadAllBytes(place[folder + "/data.npz"])), File.ReadAllText(place[folder + "/data.csv"]), File.ReadAllText(place[folder + "/figure.svg"]), manifest.GetProperty("result").GetRawText(), manifest.GetProperty("parameters").GetRawText(), manifest.GetProperty("hash").GetString()!];
    }

    [Fact]
    public void An_interrupted_run_is_resumed_to_the_same_files()
    {
        var whole = place.Call([.. Short, "--out", "whole", "--json"]).Ends(ExitCode.Done);
        var stopped = Interrupted(place.Path, [.. Short, "--out", "part", "--json"]).Ends(ExitCode.Cancelled);
        Assert.Equal($"thalweg: cancelled; checkpoint saved: thalweg resume {place["part"]}\n", stopped.Error);
        Assert.Equal(string.Empty, stopped.Output);
        Assert.Equal(["checkpoint.bin"], Directory.GetFiles(place["part"]).Select(file => Path.GetFileName(file)));
        Assert.Contains("use resume", place.Refused([.. Short, "--out", "part"]), StringComparison.Ordinal);
        Assert.Contains("use resume", place.Refused("verify", "part"), StringComparison.Ordinal);
        Interrupted(place.Path, "resume", "part").Ends(ExitCode.Cancelled);
        var resumed = place.Call("resume", "part", "--json", "--threads", "1", "--max-memory", "4G").Ends(ExitCode.Done);
        Assert.Null(JsonContract.Breach(resumed.Output));
        Assert.Equal(string.Empty, resumed.Error);
        foreach (string key in new[] { "command", "version", "status", "parameters", "result" })
        {
            Assert.Equal(whole.Json().GetProperty(key).GetRawText(), resumed.Json().GetProperty(key).GetRawText());
        }

        Assert.Equal(Content("whole"), Content("part"));
        Assert.Equal(Directory.GetFiles(place["whole"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal), Directory.GetFiles(place["part"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        place.Call("verify", "part").Ends(ExitCode.Done);
        Assert.Contains("holds a finished run", place.Refused("resume", "part"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_folder_is_resumed_quietly_or_in_words()
    {
        Interrupted(place.Path, Short).Ends(ExitCode.Cancelled);
        string folder = Assert.Single(Directory.GetDirectories(place["runs"]));
        Assert.Contains("use resume", place.Refused(Short), StringComparison.Ordinal);
        Assert.Equal(string.Empty, place.Call("resume", folder, "--quiet").Ends(ExitCode.Done).Output);
        place.Call([.. Short, "--out", "whole"]).Ends(ExitCode.Done);
        Assert.Equal(Content("whole"), Content(Path.GetRelativePath(place.Path, folder)));
        Interrupted(place.Path, [.. Short, "--out", "words"]).Ends(ExitCode.Cancelled);
        Assert.Contains("files in " + place["words"], place.Call("resume", "words").Ends(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_limit_leaves_a_checkpoint_too()
    {
        string[] words = ["dynamics", "--t", "1e9", "--no-planted", "--inv-delta-2", "1.5", "--out", "long"];
        var ended = Call(place.Path, _ => { }, null, TimeSpan.FromSeconds(0.5), words).Ends(ExitCode.Limit);
        Assert.Equal($"thalweg: the time limit ended the run; checkpoint saved: thalweg resume {place["long"]}\n", ended.Error);
        long before = new FileInfo(place["long/checkpoint.bin"]).Length;
        Call(place.Path, _ => { }, null, TimeSpan.FromSeconds(2), ["resume", "long"]).Ends(ExitCode.Limit);
        Assert.True(new FileInfo(place["long/checkpoint.bin"]).Length > before, "it did not get on");
    }

    [Fact]
    public void A_uniform_grid_has_no_checkpoints()
    {
        var stopped = Interrupted(place.Path, "dynamics", "--t", "20", "--method", "uniform").Ends(ExitCode.Cancelled);
        Assert.Equal("thalweg: cancelled; nothing was written\n", stopped.Error);
        Assert.Empty(place.Content);
    }

    [Fact]
    public void A_run_again_into_a_complete_folder_keeps_it_until_the_end()
    {
        place.Call([.. Short, "--out", "x"]).Ends(ExitCode.Done);
        string[] content = Content("x");
        Interrupted(place.Path, [.. Short, "--out", "x"]).Ends(ExitCode.Cancelled);
        Assert.Equal(content, Content("x"));
        place.Call("verify", "x").Ends(ExitCode.Done);
        Assert.Contains("use resume", place.Refused([.. Short, "--out", "x"]), StringComparison.Ordinal);
        place.Call("resume", "x").Ends(ExitCode.Done);
        Assert.Equal(content, Content("x"));
        Assert.False(File.Exists(place["x/checkpoint.bin"]));
    }

    [Fact]
    public void What_cannot_be_resumed_is_refused_and_kept()
    {
        Interrupted(place.Path, [.. Short, "--out", "part"]).Ends(ExitCode.Cancelled);
        string file = place["part/checkpoint.bin"];
        byte[] sound = File.ReadAllBytes(file);
        for (int k = 0; k < 40; k++)
        {
            byte[] damaged = [.. sound];
            damaged[k * (sound.Length - 1) / 39] ^= 0x20;
            File.WriteAllBytes(file, damaged);
            Assert.Contains("checkpoint.bin is ", place.Refused("resume", "part"), StringComparison.Ordinal);
            File.WriteAllBytes(file, sound[..(k * (sound.Length - 1) / 39)]);
            Assert.Contains("is damaged", place.Refused("resume", "part"), StringComparison.Ordinal);
        }

        File.WriteAllBytes(file, sound);
        var checkpoint = RunFolder.ReadCheckpoint(place["part"]);
        RunFolder.WriteCheckpoint(place["old"], checkpoint with { Manifest = checkpoint.Manifest with { Machine = Machine.Here with { Version = "9.9.9" } } });
        Assert.Contains("version 9.9.9", place.Refused("resume", "old"), StringComparison.Ordinal);
        RunFolder.WriteCheckpoint(place["strange"], checkpoint with { Manifest = Manifest.Begin("knitting", []) });
        Assert.Contains("\"knitting\"", place.Refused("resume", "strange"), StringComparison.Ordinal);
        Assert.Contains("there is no run folder", place.Refused("resume", "nowhere"), StringComparison.Ordinal);
        Assert.Contains("resume needs the folder of an unfinished run", place.Refused("resume"), StringComparison.Ordinal);
        Assert.Contains("--out", place.Refused("resume", "part", "--out", "elsewhere"), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Limit, place.Call("resume", "part", "--max-memory", "1M").Code);
        var odd = Call(place.Path, _ => { }, "soon", null, ["resume", "part"]).Ends(ExitCode.BadInput);
        Assert.Contains(Host.CheckpointVariable + " is soon", odd.Error, StringComparison.Ordinal);
        Assert.Equal(sound, File.ReadAllBytes(file));
        place.Call("resume", "part").Ends(ExitCode.Done);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_ends_with_130_and_a_checkpoint(string signal)
    {
        Assert.SkipUnless(File.Exists("/bin/kill") || File.Exists("/usr/bin/kill"), "needs kill");
        var environment = new Dictionary<string, string?> { [Host.CheckpointVariable] = "0" };
        using var process = Process.Start(ProgramProcess.Start(place.Path, environment, "dynamics", "--t", "1e9", "--no-planted", "--inv-delta-2", "1.5", "--out", "x"))!;
        process.StandardInput.Close();
        Assert.True(SpinWait.SpinUntil(() => File.Exists(place["x/checkpoint.bin"]), TimeSpan.FromSeconds(60)), "no checkpoint came");
        using (var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        Assert.True(process.WaitForExit(60_000), "the program did not stop");
        Assert.Equal($"thalweg: cancelled; checkpoint saved: thalweg resume {place["x"]}\n", process.StandardError.ReadToEnd());
        Assert.Equal(ExitCode.Cancelled, process.ExitCode);
        Assert.Equal(["x", "x/checkpoint.bin"], place.Content.Select(entry => entry.Split(' ')[0].Replace('\\', '/')));
        RunFolder.ReadCheckpoint(place["x"]);
    }
}
