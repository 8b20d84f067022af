// The built program in odd surroundings: its reader gone, no home, no converter, folders that cannot be written, a full disk, an interrupt.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using Thalweg.Cli;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class ProgramTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    private Answer Call(Dictionary<string, string?>? environment, params string[] words) => ProgramProcess.Call(place.Path, Limit, environment, words);

    [Fact]
    public void Streams_and_exit_codes_are_those_of_the_contract()
    {
        var json = Call(null, "hessian", "--json").Ends(ExitCode.Done);
        Assert.Null(JsonContract.Breach(json.Output));
        Assert.Equal(string.Empty, json.Error);
        var refused = Call(null, "analyze", "--p", "2").Ends(ExitCode.BadInput);
        Assert.Equal(string.Empty, refused.Output);
        Assert.StartsWith("thalweg: --p 2: p must be an integer >= 3", refused.Error, StringComparison.Ordinal);
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+", Call(null, "--version").Ends(ExitCode.Done).Output);
        var again = Call(new() { ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8" }, "hessian", "--json").Ends(ExitCode.Done);
        Assert.Equal(json.Json().GetProperty("result").GetRawText(), again.Json().GetProperty("result").GetRawText());
    }

    [Fact]
    public void The_plain_kernels_give_the_same_bytes_and_are_named()
    {
        Dictionary<string, string?> plain = new() { ["THALWEG_KERNELS"] = "plain" }, fast = new() { ["THALWEG_KERNELS"] = null };
        string[] words = ["dynamics", "--t", "3", "--tol", "1e-4", "--fields", "--quiet", "--out"];
        Call(fast, [.. words, "fast"]).Ends(ExitCode.Done);
        Call(plain, [.. words, "plain"]).Ends(ExitCode.Done);
        Assert.Equal(File.ReadAllBytes(place["fast/data.npz"]), File.ReadAllBytes(place["plain/data.npz"]));
        Assert.Equal(Machine.Here.Kernel, KernelOf("fast"));
        Assert.Equal("plain", KernelOf("plain"));
        Assert.Equal("plain", Call(plain, "info", "--json").Json().GetProperty("result").GetProperty("instruction_sets").GetString());

        string KernelOf(string folder) => ManifestJson.Read(File.ReadAllBytes(place[folder + "/manifest.json"]), "manifest.json").Machine.Kernel;
    }

    [Fact]
    public void Without_a_home_or_any_variable_it_works()
    {
        var bare = Environment.GetEnvironmentVariables().Keys.Cast<string>().ToDictionary(name => name, string? (_) => null);
        Call(bare, "hessian").Ends(ExitCode.Done);
        Call(new() { ["HOME"] = "/nonexistent", ["TERM"] = "dumb", ["NO_COLOR"] = "1" }, "hessian", "--out", "x").Ends(ExitCode.Done);
        Call(null, "verify", "x").Ends(ExitCode.Done);
    }

    [Fact]
    public void Without_a_converter_it_says_what_to_install()
    {
        var answer = Call(new() { ["PATH"] = place.Path }, "hessian", "--formats", "svg,png,pdf", "--out", "x").Ends(ExitCode.Done);
        Assert.Contains("librsvg2-bin", answer.Output, StringComparison.Ordinal);
        Assert.Equal(["data.csv", "data.npz", "figure.svg", "manifest.json"], Directory.GetFiles(place["x"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        var redrawn = Call(new() { ["PATH"] = place.Path }, "replot", "x", "--formats", "png", "--json").Ends(ExitCode.Done);
        Assert.Contains("librsvg2-bin", redrawn.Json().GetProperty("result").GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nonexistent")]
    [InlineData("/proc")]
    [InlineData("/dev/null")]
    public void An_unwritable_temporary_folder_costs_the_png_alone(string temporary)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the folders are those of Linux");
        Call(new() { ["TMPDIR"] = temporary }, "hessian", "--formats", "svg,png", "--out", "x").Ends(ExitCode.Done);
        Assert.True(File.Exists(place["x/figure.svg"]));
        Call(null, "verify", "x").Ends(ExitCode.Done);
    }

    [Fact]
    public void A_working_directory_that_cannot_be_written_is_one_sentence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the folders are those of Linux");
        foreach (string folder in new[] { "/proc", "/sys" })
        {
            var answer = ProgramProcess.Call(folder, Limit, "hessian").Ends(ExitCode.BadInput);
            Assert.Equal(1, answer.Error.Count(c => c == '\n'));
            Assert.Contains("--out", answer.Error, StringComparison.Ordinal);
            Assert.Contains("theta", ProgramProcess.Call(folder, Limit, "hessian", "--out", place["x"]).Ends(ExitCode.Done).Output, StringComparison.Ordinal);
            ProgramProcess.Call(folder, Limit, "eq", "5").Ends(ExitCode.Done);
        }
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_error()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs a shell");
        var (code, error) = Shell($"\"$@\" | head -c 20 > /dev/null", "phase", "--json");
        Assert.Equal(string.Empty, error);
        Assert.Equal(0, code);
        (code, error) = Shell($"( \"$@\"; echo \"$?\" >&2 ) | :", "phase", "--json");
        Assert.Equal("0\n", error);
    }

    [Fact]
    public void A_full_disk_behind_standard_output_is_a_limit()
    {
        Assert.SkipUnless(File.Exists("/dev/full") && File.Exists("/bin/sh"), "needs /dev/full");
        foreach (string[] words in new[] { new[] { "phase", "--json" }, ["phase"], ["completion", "bash"], ["--help"] })
        {
            var (code, error) = Shell("\"$@\" > /dev/full", words);
            Assert.Equal(ExitCode.Limit, code);
            Assert.Equal(1, error.Count(c => c == '\n'));
            Assert.Contains("full", error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(place["thalweg-report.txt"]));
    }

    [Fact]
    public void Closed_streams_do_not_hurt()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs a shell");
        Assert.Equal(0, Shell("\"$@\" >&- 2>&-", "hessian").Code);
        Assert.Equal(2, Shell("\"$@\" >&- 2>&-", "hessian", "--p", "2").Code);
        Assert.False(File.Exists(place["thalweg-report.txt"]));
    }

    [Fact]
    public void An_interrupt_ends_with_130_and_leaves_nothing()
    {
        Assert.SkipUnless(File.Exists("/bin/kill") || File.Exists("/usr/bin/kill"), "needs kill");
        using var process = Process.Start(ProgramProcess.Start(place.Path, null, "phase", "--delta-p", "0.1:3:300000"))!;
        process.StandardInput.Close();
        System.Threading.Thread.Sleep(1500);
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        Assert.True(process.WaitForExit(20_000), "the program did not stop");
        Assert.Equal("thalweg: cancelled; nothing was written\n", process.StandardError.ReadToEnd());
        Assert.Equal(ExitCode.Cancelled, process.ExitCode);
        Assert.Empty(place.Content);
    }

    // A line of shell in which "$@" is the program with its words.
    private (int Code, string Error) Shell(string line, params string[] words)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = place.Path, RedirectStandardError = true };
        foreach (string word in (string[])["-c", line, "sh", ProgramProcess.Launcher, ProgramProcess.Assembly, .. words])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
