// Checkpoints: written and read back bit for bit, every damage noticed, refused where they are of another program, and the clock that asks for them.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Xunit;

namespace Thalweg.Tests.Results;

public class CheckpointTests
{
    private static readonly KeyValuePair<string, string>[] Parameters = [new("p", "3"), new("t", "1e6")];

    private static readonly double[] Odd = [0, -0.0, 1, double.Epsilon, -double.MaxValue, Math.PI, double.PositiveInfinity, double.NaN];

    private static Checkpoint Sample()
    {
        var state = new RunState();
        state.Put("rows", [Odd, [.. Odd.Reverse()]]);
        state.Put("step", 1e-3);
        state.Put("none", (IReadOnlyList<double[]>)[]);
        state.Put("sentence", "θ, 𝔼 and\nmore");
        state.Put("empty", string.Empty);
        return new(Manifest.Begin("dynamics", Parameters) with { Status = Status.Cancelled, WallSeconds = 12.5, Seed = 7 }, state);
    }

    private static byte[] Bytes(Checkpoint checkpoint)
    {
        using var stream = new MemoryStream();
        CheckpointFile.Write(checkpoint, stream);
        return stream.ToArray();
    }

    private static Checkpoint Read(byte[] bytes) => CheckpointFile.Read(new MemoryStream(bytes));

    private static string Refused(string folder)
    {
        string sentence = Assert.Throws<BadInputException>(() => RunFolder.ReadCheckpoint(folder)).Message;
        Assert.DoesNotContain('\n', sentence);
        return sentence;
    }

    [Fact]
    public void A_checkpoint_comes_back_bit_for_bit()
    {
        var written = Sample();
        byte[] bytes = Bytes(written);
        var (manifest, state) = Read(bytes);
        Assert.Equal(Parameters, manifest.Parameters);
        Assert.Equal((written.Manifest.Hash, written.Manifest.Started, 12.5, 7UL, Machine.Here), (manifest.Hash, manifest.Started, manifest.WallSeconds, manifest.Seed, manifest.Machine));
        Assert.Equal(written.State.Rows.Keys.Order(StringComparer.Ordinal), state.Rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(written.State.Rows, entry => Assert.Equal(entry.Value.SelectMany(row => row).Select(BitConverter.DoubleToInt64Bits), state.RowsOf(entry.Key).SelectMany(row => row).Select(BitConverter.DoubleToInt64Bits)));
        Assert.Equal(2, state.RowsOf("rows").Count);
        Assert.Equal([1e-3], state.NumbersOf("step", 1));
        Assert.Empty(state.RowsOf("none"));
        Assert.Equal("θ, 𝔼 and\nmore", state.TextOf("sentence"));
        Assert.Equal(string.Empty, state.TextOf("empty"));
        Assert.Equal(bytes, Bytes(new(manifest, state)));
    }

    [Fact]
    public void A_state_has_what_was_put_in_and_nothing_else()
    {
        var state = Sample().State;
        Assert.True(state.Has("step"));
        Assert.False(state.Has("stop"));
        Assert.Throws<FormatException>(() => state.RowsOf("stop"));
        Assert.Throws<FormatException>(() => state.TextOf("step"));
        Assert.Throws<FormatException>(() => state.NumbersOf("step", 2));
        Assert.Throws<FormatException>(() => state.NumbersOf("rows", 8));
        Assert.Throws<ArgumentException>(() => state.Put("step", 1));
        Assert.Throws<ArgumentException>(() => state.Put("ragged", [[1.0], [1.0, 2]]));
    }

    [Fact]
    public void Each_changed_byte_and_each_truncation_is_noticed()
    {
        byte[] whole = Bytes(Sample());
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)(1 << (at % 8));
            Assert.DoesNotContain('\n', Assert.Throws<FormatException>(() => Read(damaged)).Message);
            Assert.Contains("is damaged", Assert.Throws<FormatException>(() => Read(whole[..at])).Message, StringComparison.Ordinal);
        }

        Assert.Contains("is damaged", Assert.Throws<FormatException>(() => Read([.. whole, 0])).Message, StringComparison.Ordinal);
        Assert.Equal("is no checkpoint", Assert.Throws<FormatException>(() => Read(Encoding.UTF8.GetBytes("PK: something else, and long enough"))).Message);
        Assert.Contains("another version", Assert.Throws<FormatException>(() => Read(Encoding.UTF8.GetBytes("thalweg checkpoint 2\nand more"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_keeps_the_last_checkpoint()
    {
        using var folder = new TemporaryFolder();
        var first = Sample();
        RunFolder.WriteCheckpoint(folder["a/b"], first);
        RunFolder.WriteCheckpoint(folder["a/b"], first with { Manifest = first.Manifest with { WallSeconds = 99 } });
        Assert.Equal(99, RunFolder.ReadCheckpoint(folder["a/b"]).Manifest.WallSeconds);
        Assert.Equal([RunFolder.CheckpointName], Directory.EnumerateFileSystemEntries(folder["a/b"]).Select(path => Path.GetFileName(path)));
        byte[] half = File.ReadAllBytes(folder["a/b/checkpoint.bin"])[..50];
        File.WriteAllBytes(folder["a/b/.checkpoint.bin.0123456789abcdef.tmp"], half);
        Assert.Equal(99, RunFolder.ReadCheckpoint(folder["a/b"]).Manifest.WallSeconds);
        RunFolder.WriteCheckpoint(folder["a/b"], first);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder["a/b"]));
    }

    [Fact]
    public void What_cannot_be_resumed_is_refused_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        var sample = Sample();
        Assert.Contains("there is no run folder", Refused(folder["none"]), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["empty"]);
        Assert.Contains("no unfinished run", Refused(folder["empty"]), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["other"]);
        File.WriteAllText(folder["other/checkpoint-1"], "half");
        Assert.Contains("has no checkpoint.bin", Refused(folder["other"]), StringComparison.Ordinal);
        File.WriteAllText(folder["other/checkpoint.bin"], "half");
        Assert.Contains("is no checkpoint", Refused(folder["other"]), StringComparison.Ordinal);
        RunFolder.Write(folder["done"], sample.Manifest, new Outcome(Status.Converged, string.Empty, [], []), []);
        Assert.Contains("holds a finished run", Refused(folder["done"]), StringComparison.Ordinal);
        RunFolder.WriteCheckpoint(folder["old"], sample with { Manifest = sample.Manifest with { Machine = Machine.Here with { Version = "0.0.9" } } });
        Assert.Contains("written by version 0.0.9", Refused(folder["old"]), StringComparison.Ordinal);
        RunFolder.WriteCheckpoint(folder["old"], sample with { Manifest = sample.Manifest with { Machine = Machine.Here with { Commit = "0123456789abcdef" } } });
        Assert.Contains("(0123456)", Refused(folder["old"]), StringComparison.Ordinal);
        RunFolder.WriteCheckpoint(folder["hash"], sample with { Manifest = sample.Manifest with { Parameters = [new("p", "4")] } });
        Assert.Contains("hash", Refused(folder["hash"]), StringComparison.Ordinal);
        RunFolder.WriteCheckpoint(folder["mine"], sample);
        File.WriteAllText(folder["mine/notes.txt"], "mine");
        Assert.Contains("notes.txt: move it", Refused(folder["mine"]), StringComparison.Ordinal);
        Assert.True(File.Exists(folder["mine/checkpoint.bin"]) && File.Exists(folder["old/checkpoint.bin"]) && File.Exists(folder["hash/checkpoint.bin"]));
    }

    [Fact]
    public void A_checkpoint_beside_a_manifest_is_an_unfinished_run_too()
    {
        using var folder = new TemporaryFolder();
        var sample = Sample();
        RunFolder.Write(folder["x"], sample.Manifest, new Outcome(Status.Converged, string.Empty, [], []), []);
        RunFolder.WriteCheckpoint(folder["x"], sample);
        Assert.Contains("use resume", Assert.Throws<BadInputException>(() => RunFolder.Check(folder["x"], "dynamics", sample.Manifest.Hash)).Message, StringComparison.Ordinal);
        RunFolder.ReadCheckpoint(folder["x"]);
        RunFolder.Write(folder["x"], sample.Manifest, new Outcome(Status.Converged, string.Empty, [], []), [], ownCheckpoint: true);
        Assert.False(File.Exists(folder["x/checkpoint.bin"]));
    }

    // The writer of the finished folder was killed: before the checkpoint was moved aside, and after.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_finished_folder_beside_the_checkpoint_moves_in(bool aside)
    {
        using var folder = new TemporaryFolder();
        var sample = Sample();
        RunFolder.Write(folder["x"], sample.Manifest, new Outcome(Status.Converged, string.Empty, [], []), []);
        Directory.Move(folder["x"], folder[".x.0123456789abcdef.new"]);
        RunFolder.WriteCheckpoint(folder["x"], sample);
        if (aside)
        {
            Directory.Move(folder["x"], folder[".x.0123456789abcdef.old"]);
        }

        File.WriteAllText(folder[".x.0123456789abcdef.lock"], string.Empty);
        Assert.Contains("holds a finished run", Refused(folder["x"]), StringComparison.Ordinal);
        Assert.Empty(RunFolder.Verify(folder["x"]));
        Assert.Equal(["x"], folder.Names);
    }

    [Fact]
    public void The_clock_asks_after_the_interval_and_later_when_keeping_takes_long()
    {
        var kept = new List<RunState>();
        var always = new Checkpoints(kept.Add, TimeSpan.Zero);
        Assert.True(always.AreDue);
        Assert.False(always.Exist);
        var state = new RunState();
        always.Keep(state);
        Assert.True(always.AreDue && always.Exist);
        Assert.Same(state, Assert.Single(kept));
        Assert.False(new Checkpoints(kept.Add, TimeSpan.FromHours(1)).AreDue);
        Assert.True(new Checkpoints(kept.Add, TimeSpan.FromHours(1), state).Exist);

        // Three tenths of a second to keep a state, three times what is free: the next is due after three times the interval.
        var clock = new HandClock();
        var slow = new Checkpoints(_ => clock.Seconds += 0.3, TimeSpan.FromSeconds(2), clock: clock);
        double[] due = new double[3];
        for (int k = 0; k < due.Length; k++)
        {
            double began = clock.Seconds;
            while (!slow.AreDue)
            {
                clock.Seconds += 0.125;
            }

            due[k] = clock.Seconds - began;
            slow.Keep(state);
        }

        Assert.Equal([2, 6, 6], due.Select(seconds => Math.Round(seconds)));
    }

    private sealed class HandClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => (long)(1e6 * Seconds);
    }
}
