// The program killed without warning, at any moment: resumed as often as it takes, it ends with the bits of a run that nobody killed.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Thalweg.Cli;
using Xunit;

namespace Thalweg.Tests.Cli;

/// <remarks>THALWEG_KILLS=200 asks for the full size.</remarks>
public sealed class KillTests : IDisposable
{
    private static readonly string[] Words = ["dynamics", "--no-planted", "--inv-delta-2", "1.5", "--t", "3000", "--tol", "1e-5", "--threads", "2", "--json"];

    // A checkpoint wherever one may be written.
    private static readonly Dictionary<string, string?> Environment = new() { [Host.CheckpointVariable] = "0" };

    private readonly Workplace place = new();

    private readonly Random random = new(20190718);

    private int kills, inCheckpoint, inFolder;

    public void Dispose() => place.Dispose();

    // When the kill comes: after a time, while a checkpoint is written, or while the finished folder is.
    private enum Moment
    {
        Any,
        Checkpoint,
        Folder,
    }

    [Fact]
    public void A_killed_run_is_resumed_to_the_same_bits()
    {
        int wanted = int.TryParse(System.Environment.GetEnvironmentVariable("THALWEG_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 6;
        var whole = Call("whole", [.. Words, "--out", "whole"]);
        double seconds = whole.Time.TotalSeconds;
        string[] expected = Content("whole");
        int runs = 0, different = 0;
        for (; kills < wanted; runs++)
        {
            string folder = "run" + runs;
            while (!Attempt(folder, seconds, wanted))
            {
                // Killed: once more.
            }

            different += expected.SequenceEqual(Content(folder)) && Directory.GetFiles(place[folder]).Length == Directory.GetFiles(place["whole"]).Length ? 0 : 1;
            Directory.Delete(place[folder], recursive: true);
        }

        if (asked > 0)
        {
            Console.Out.WriteLine($"FIGURE kill_count {kills}");
            Console.Out.WriteLine($"FIGURE kill_in_checkpoint {inCheckpoint}");
            Console.Out.WriteLine($"FIGURE kill_in_folder {inFolder}");
            Console.Out.WriteLine($"FIGURE kill_runs {runs}");
            Console.Out.WriteLine($"FIGURE kill_different {different}");
        }

        Assert.Equal(0, different);
        Assert.True(inCheckpoint > 0, "no kill hit the writing of a checkpoint");
    }

    private string[] Content(string folder) =>
        [Convert.ToHexString(File.ReadAllBytes(place[folder + "/data.npz"])), File.ReadAllText(place[folder + "/data.csv"]), JsonDocument.Parse(File.ReadAllText(place[folder + "/manifest.json"])).RootElement.GetProperty("result").GetRawText()];

    private Answer Call(string folder, params string[] words)
    {
        var answer = ProgramProcess.Call(place.Path, TimeSpan.FromMinutes(5), Environment, words);

        // A run that was killed after its folder was whole has nothing left to resume.
        return answer.Code == ExitCode.BadInput && answer.Error.Contains("holds a finished run", StringComparison.Ordinal) && File.Exists(place[folder + "/manifest.json"]) ? answer : answer.Ends(ExitCode.Done);
    }

    // Starts or continues a run; true when its folder is complete, false when it was killed.
    private bool Attempt(string folder, double seconds, int wanted)
    {
        // A finished folder beside the place, or the old one aside, is the run's too; a lock alone is of a run that had kept nothing yet.
        bool begun = File.Exists(place[folder + "/checkpoint.bin"]) || File.Exists(place[folder + "/manifest.json"]) || Beside(folder, ".new") || Beside(folder, ".old");
        string[] words = begun ? ["resume", folder, "--json"] : [.. Words, "--out", folder];
        if (kills >= wanted)
        {
            Call(folder, words);
            return true;
        }

        var moment = (Moment)(kills % 5 % 3);
        using var process = Process.Start(ProgramProcess.Start(place.Path, Environment, words))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        double delay = random.NextDouble() * seconds * (moment == Moment.Checkpoint ? 0.7 : 1);
        while (!process.HasExited && (moment == Moment.Folder ? !Beside(folder, ".tmp") : watch.Elapsed.TotalSeconds < delay || (moment == Moment.Checkpoint && !Writes(folder))))
        {
            Thread.Yield();
        }

        // A few milliseconds more reach the renames that follow.
        long late = moment == Moment.Folder ? random.Next(12) : 0;
        for (var since = Stopwatch.StartNew(); since.ElapsedMilliseconds < late;)
        {
            Thread.Yield();
        }

        process.Kill();
        process.WaitForExit();
        if (process.ExitCode is ExitCode.Done or ExitCode.BadInput)
        {
            // It was done before the kill.
            string said = error.GetAwaiter().GetResult();
            Assert.True(process.ExitCode == ExitCode.Done || said.Contains("holds a finished run", StringComparison.Ordinal), said);
            output.GetAwaiter().GetResult();
            return true;
        }

        kills++;
        inCheckpoint += Writes(folder) ? 1 : 0;
        inFolder += Beside(folder, ".lock") ? 1 : 0;
        return false;
    }

    private bool Writes(string folder)
    {
        try
        {
            return Directory.Exists(place[folder]) && Directory.EnumerateFiles(place[folder], ".checkpoint.bin.*.tmp").Any();
        }
        catch (DirectoryNotFoundException)
        {
            // The finished folder is moving in at this instant.
            return false;
        }
    }

    private bool Beside(string folder, string ending) => Directory.EnumerateFileSystemEntries(place.Path, $".{folder}.*{ending}").Any();
}
