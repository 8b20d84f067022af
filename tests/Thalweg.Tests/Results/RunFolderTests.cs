// Run folders: written and read back, verified, refused where something would be lost; manifests whole and damaged.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Xunit;

namespace Thalweg.Tests.Results;

public class RunFolderTests
{
    private static readonly KeyValuePair<string, string>[] Parameters = [new("p", "3"), new("delta_p", "1"), new("inv_delta_2", "1.5,1.9"), new("threads", "2")];

    private static Manifest Run() => Manifest.Begin("complexity", Parameters) with { Seed = ulong.MaxValue, Stopped = new(2019, 7, 18, 12, 0, 0, 123, TimeSpan.Zero), WallSeconds = 0.125, PeakMegabytes = 80 };

    private static Outcome Result() => new(Status.NotConverged, "e_zero has error 1.0e-03", new() { { "e_zero", Quantity.Of(-1.2, 1e-3, How.Root) }, { "m_ml", Quantity.Missing("no signal") } },
        [new("curves", new Column("energy", [1, 2], [true, false])), new("points", Column.Coded("kind", [1], ["extensive", "minimum"]))]) { Fields = [new("C", 1, 2, [1, 0.5])] };

    private static void Write(string folder, bool ownCheckpoint = false) => RunFolder.Write(folder, Run(), Result(), [RunFile.Of("figure.svg", "<svg/>")], ownCheckpoint);

    private static string Refused(Action action)
    {
        string sentence = Assert.Throws<BadInputException>(action).Message;
        Assert.DoesNotContain('\n', sentence);
        return sentence;
    }

    [Fact]
    public void A_run_comes_back_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var written = RunFolder.Write(folder["a/b"], Run(), Result(), [RunFile.Of("figure.svg", "<svg/>")]);
        Assert.Equal(["data-points.csv", "data.csv", "data.h5", "data.npz", "figure.svg", "manifest.json"], Directory.EnumerateFiles(folder["a/b"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(["b"], Directory.EnumerateFileSystemEntries(folder["a"]).Select(path => Path.GetFileName(path)));
        Assert.Empty(RunFolder.Verify(folder["a/b"]));
        var (_, manifest, outcome) = RunFolder.Read(folder["a/b"]);
        Assert.Equal(written with { Parameters = manifest.Parameters, Result = manifest.Result, Files = manifest.Files }, manifest);
        Assert.Equal(Parameters, manifest.Parameters);
        Assert.Equal(written.Files, manifest.Files);
        Assert.Equal(Machine.Here, manifest.Machine);
        Assert.Equal(Status.NotConverged, outcome.Status);
        Assert.Equal("e_zero has error 1.0e-03", outcome.Sentence);
        Assert.Null(RandomResults.Difference(new Datum.Nested(Result().Result), new Datum.Nested(outcome.Result)));
        Assert.All(Result().Tables.Zip(outcome.Tables), pair => RandomResults.AssertSame(pair.First, pair.Second));
        Assert.Equal(0.5, Assert.Single(outcome.Fields)[0, 1]);
        Assert.Equal(Npz.DataHash(Result().Tables, Result().Fields), manifest.Files.Single(file => file.Name == "data.npz").Sha256);
    }

    [Fact]
    public void The_hash_leaves_out_what_does_not_change_the_result()
    {
        string hash = Manifest.HashOf(Parameters);
        Assert.Equal(12, hash.Length);
        Assert.Equal(Path.Combine("runs", "complexity-" + hash), RunFolder.DefaultPath("complexity", Parameters));
        Assert.Equal(hash, Manifest.HashOf([.. Parameters[..3].Reverse(), new("--out", "x"), new("json", "true"), new("quiet", "true"), new("max_memory", "1G")]));
        Assert.NotEqual(hash, Manifest.HashOf([.. Parameters, new("seed", "1")]));
        Assert.NotEqual(Manifest.HashOf([new("a", "1\nb=2")]), Manifest.HashOf([new("a", "1"), new("b", "2")]));
        Assert.Throws<ArgumentException>(() => Manifest.Begin("x", [new("a", "1"), new("a", "2")]));
    }

    [Fact]
    public void A_complete_run_of_the_same_hash_is_replaced_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        Write(folder["x"]);
        File.WriteAllText(folder["x/data.csv"], "edited");
        Write(folder["x"]);
        Assert.Empty(RunFolder.Verify(folder["x"]));
        Assert.Contains("another run", Refused(() => RunFolder.Write(folder["x"], Manifest.Begin("phase", Parameters), Result(), [])), StringComparison.Ordinal);
        Assert.Contains("another run", Refused(() => RunFolder.Check(folder["x"], "complexity", "000000000000")), StringComparison.Ordinal);
        File.WriteAllText(folder["x/notes.txt"], "mine");
        Assert.Contains("notes.txt", Refused(() => Write(folder["x"])), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(folder["x/notes.txt"]));
        Assert.Equal(["x"], folder.Names);
    }

    [Fact]
    public void A_cancelled_write_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>((Action)(() => RunFolder.Write(folder["new/deep/x"], Run(), Result(), [], cancellation: stop.Token)));
        Assert.Empty(folder.Names);
        Write(folder["x"]);
        File.WriteAllText(folder["x/data.csv"], "edited");
        Assert.Throws<OperationCanceledException>((Action)(() => RunFolder.Write(folder["x"], Run(), Result(), [], cancellation: stop.Token)));
        Assert.Equal("edited", File.ReadAllText(folder["x/data.csv"]));
        Assert.Equal(["x"], folder.Names);
    }

    [Fact]
    public void Checkpoints_are_kept_for_resume()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["x"]);
        File.WriteAllText(folder["x/checkpoint.bin"], "state");
        File.WriteAllText(folder["x/.checkpoint.bin.0123456789abcdef.tmp"], "half");
        Assert.Contains("use resume", Refused(() => Write(folder["x"])), StringComparison.Ordinal);
        Assert.Contains("use resume", Refused(() => RunFolder.Read(folder["x"])), StringComparison.Ordinal);
        Write(folder["x"], ownCheckpoint: true);
        Assert.False(File.Exists(folder["x/checkpoint.bin"]));
        Assert.Empty(RunFolder.Verify(folder["x"]));
    }

    [Fact]
    public void What_is_the_users_is_refused_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["mine/photos"]);
        File.WriteAllText(folder["file"], "mine");
        Assert.Contains("photos", Refused(() => Write(folder["mine"])), StringComparison.Ordinal);
        Assert.Contains("is a file", Refused(() => Write(folder["file"])), StringComparison.Ordinal);
        Assert.Contains("is a file", Refused(() => Write(folder["file/below"])), StringComparison.Ordinal);
        Assert.Contains("root", Refused(() => Write(Path.GetPathRoot(folder.Path)!)), StringComparison.Ordinal);
        Assert.Contains("current folder", Refused(() => Write(".")), StringComparison.Ordinal);
        Assert.Contains("current folder", Refused(() => Write("..")), StringComparison.Ordinal);
        Assert.Contains("empty", Refused(() => Write(" ")), StringComparison.Ordinal);
        Refused(() => Write(folder[new string('x', 300)]));
        Refused(() => RunFolder.Read(folder["none"]));
        Refused(() => RunFolder.Read(folder["mine"]));
        if (OperatingSystem.IsLinux())
        {
            Refused(() => Write("/proc/run"));
        }

        Assert.Equal(["file", "mine"], folder.Names);
        Directory.CreateDirectory(folder["empty"]);
        Write(folder["empty"]);
        Assert.Empty(RunFolder.Verify(folder["empty"]));
        Assert.Throws<ArgumentException>(() => RunFolder.Write(folder["y"], Run(), Result(), [RunFile.Of("../z", "")]));
        Assert.Throws<ArgumentException>(() => RunFolder.Write(folder["y"], Run(), Result(), [RunFile.Of("data.csv", "")]));
    }

    [Fact]
    public void Verification_names_what_is_missing_or_changed()
    {
        using var folder = new TemporaryFolder();
        Write(folder["x"]);
        File.Delete(folder["x/figure.svg"]);
        File.AppendAllText(folder["x/data.csv"], "1");
        byte[] data = File.ReadAllBytes(folder["x/data.npz"]);
        data[^1] ^= 1;
        File.WriteAllBytes(folder["x/data.npz"], data);
        string[] problems = [.. RunFolder.Verify(folder["x"]).Order(StringComparer.Ordinal)];
        Assert.Equal(3, problems.Length);
        Assert.StartsWith("data.csv is changed", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("data.npz is changed", problems[1], StringComparison.Ordinal);
        Assert.Equal("figure.svg is missing", problems[2]);
        File.WriteAllText(folder["x/manifest.json"], "{");
        Assert.Contains("manifest.json is not complete JSON", Assert.Single(RunFolder.Verify(folder["x"])), StringComparison.Ordinal);
        File.WriteAllText(folder["x/data.npz"], "PK");
        Assert.Single(RunFolder.Verify(folder["none"]));
    }

    [Fact]
    public void A_run_killed_between_the_renames_is_found_by_the_reader()
    {
        using var folder = new TemporaryFolder();
        Write(folder["x"]);
        Directory.Move(folder["x"], folder[".x.0123456789abcdef.new"]);
        File.WriteAllText(folder[".x.0123456789abcdef.lock"], string.Empty);
        Assert.Equal("complexity", RunFolder.Read(folder["x"]).Manifest.Command);
        Assert.Equal(["x"], folder.Names);
    }

    [Fact]
    public void Runs_that_end_at_once_leave_one_whole_run()
    {
        using var folder = new TemporaryFolder();
        Parallel.For(0, 24, new() { MaxDegreeOfParallelism = 4 }, _ => Write(folder["x"]));
        Assert.Empty(RunFolder.Verify(folder["x"]));
        Assert.Equal(["x"], folder.Names);
    }

    [Fact]
    public void Truncated_manifests_are_refused_in_one_sentence_that_names_the_file()
    {
        using var memory = new MemoryStream();
        ManifestJson.Write(Run() with { Result = Result().Result }, memory);
        byte[] whole = memory.ToArray();
        ManifestJson.Read(whole, "m.json");
        for (int length = 0; length < whole.Length; length++)
        {
            string sentence = Assert.Throws<FormatException>(() => ManifestJson.Read(whole.AsMemory(0, length), "m.json")).Message;
            Assert.StartsWith("m.json is not complete JSON", sentence, StringComparison.Ordinal);
        }

        var random = new Random(5);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                ManifestJson.Read(damaged, "m.json");
            }
            catch (FormatException exception)
            {
                Assert.StartsWith("m.json is not", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "format is 2")]
    [InlineData("\"complete\": true", "\"complete\": false", "complete")]
    [InlineData("\"command\": \"complexity\"", "\"command\": 5", "command is Number")]
    [InlineData("\"hash\"", "\"hush\"", "the key hash is missing")]
    [InlineData("\"status\": \"converged\"", "\"status\": \"fine\"", "status")]
    [InlineData("\"p\": \"3\"", "\"p\": 3", "parameter p")]
    [InlineData("\"files\": []", "\"files\": [{\"name\": \"../x\", \"bytes\": 1, \"sha256\": \"00\"}]", "../x")]
    [InlineData("2019-07-18T12:00:00.123Z", "yesterday", "stopped")]
    [InlineData("\"seed\": 18446744073709551615", "\"seed\": -1", "seed")]
    [InlineData("\"result\": {}", "\"result\": {\"x\": null}", "x is null")]
    public void Malformed_manifests_say_what_is_wrong(string right, string wrong, string expected)
    {
        using var memory = new MemoryStream();
        ManifestJson.Write(Run(), memory);
        string text = Encoding.UTF8.GetString(memory.ToArray());
        Assert.Contains(right, text, StringComparison.Ordinal);
        string sentence = Assert.Throws<FormatException>(() => ManifestJson.Read(Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal)), "m.json")).Message;
        Assert.StartsWith("m.json is not a manifest: ", sentence, StringComparison.Ordinal);
        Assert.Contains(expected, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_keys_are_passed_over_and_the_machine_may_be_unknown()
    {
        string text = """{"format":1,"news":[1],"command":"x","parameters":{},"hash":"h","started":"2019-07-18T12:00:00Z","stopped":"2019-07-18T12:00:01Z","status":"limit","result":{},"files":[],"complete":true}""";
        var manifest = ManifestJson.Read(Encoding.UTF8.GetBytes(text), "m.json");
        Assert.Equal(new("unknown", null, "unknown", 0, "unknown", "unknown", "unknown"), manifest.Machine);
        Assert.Equal(Status.Limit, manifest.Status);
        Assert.Null(manifest.Seed);
    }

    [Fact]
    public void This_machine_is_described()
    {
        Assert.Contains(Machine.Here.Kernel, new[] { "plain", "avx2", "avx512", "neon" });
        Assert.Equal("0.1.0", Machine.Here.Version);
        Assert.NotEmpty(Machine.Here.Processor);
        Assert.True(Machine.PeakMegabytes() > 1);
    }
}
