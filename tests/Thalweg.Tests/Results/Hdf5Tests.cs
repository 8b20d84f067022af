// Tables and fields as HDF5: read back by a reader of its own, by h5dump, and from the folder of a run.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Thalweg.Tests.Cli;
using Xunit;

namespace Thalweg.Tests.Results;

public sealed partial class Hdf5Tests
{
    private static readonly string LongList = string.Join(',', Enumerable.Range(0, 30_000).Select(i => 0.1 * i));

    private static Manifest Of(ulong? seed) =>
        Manifest.Begin("dynamics", [new("t", "100"), new("inv-delta-2", "1.5"), new("at", LongList), new("note", string.Empty)]) with { Seed = seed, Status = Status.NotConverged, Sentence = "ε is too large" };

    private static byte[] Bytes(Manifest manifest, IReadOnlyList<Table> tables, params IReadOnlyList<Field> fields)
    {
        using var memory = new MemoryStream();
        Hdf5.Write(manifest, tables, fields, memory);
        return memory.ToArray();
    }

    [Fact]
    public void Random_tables_and_fields_are_read_back_by_a_reader_of_its_own()
    {
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            int rows = random.Next(4) == 0 ? random.Next(2) : random.Next(300), wide = random.Next(40);
            Table[] tables = [.. Enumerable.Range(0, random.Next(12)).Select(j => RandomResults.Table(random, "table_" + j, rows + j)), new("wide", [.. Enumerable.Range(0, wide).Select(j => new Column("c" + j, [j]))])];
            Field[] fields = [.. Enumerable.Range(0, random.Next(3)).Select(j => RandomResults.Field(random, "F" + j)), new("C", 1, 2, [1, 0.5]) { Description = "correlation at t′" }];
            var manifest = Of(i % 2 == 0 ? ulong.MaxValue : null);
            var items = Hdf5Reader.Read(Bytes(manifest, tables, fields));

            var root = items["/"].Attributes;
            Assert.Equal("dynamics", Assert.Single(root["command"].Values));
            Assert.Equal(Machine.Here.Version, Assert.Single(root["version"].Values));
            Assert.Equal(manifest.Hash, Assert.Single(root["hash"].Values));
            Assert.Equal("not_converged", Assert.Single(root["status"].Values));
            Assert.Equal("ε is too large", Assert.Single(root["sentence"].Values));
            Assert.Equal(manifest.Machine.Commit, root.GetValueOrDefault("commit")?.Values[0]);
            Assert.Equal(manifest.Seed, (ulong?)root.GetValueOrDefault("seed")?.Values[0]);
            foreach (var (name, text) in manifest.Parameters)
            {
                Assert.Equal(text, Assert.Single(items["/parameters/" + name].Values));
            }

            foreach (var column in tables.SelectMany(table => table.Columns.Select(column => (Path: $"/{table.Name}/{column.Name}", Column: column))))
            {
                AssertSame(column.Column, column.Path, items);
            }

            foreach (var field in fields)
            {
                var item = items["/" + field.Name];
                Assert.Equal([field.Rows, field.Columns], item.Shape!);
                Assert.Equal(field.Values.Select(BitConverter.DoubleToInt64Bits), item.Values.Select(value => BitConverter.DoubleToInt64Bits((double)value)));
                Assert.Equal(field.Description, item.Attributes.GetValueOrDefault("description")?.Values[0] ?? string.Empty);
            }

            // Nothing else: the root, the parameters, the tables, their columns with masks and words, the fields.
            int arrays = tables.Sum(table => table.Columns.Sum(column => 1 + (column.Exists is null ? 0 : 1) + (column.Labels is null ? 0 : 1)));
            Assert.Equal(2 + manifest.Parameters.Count + tables.Length + arrays + fields.Length, items.Count);
        }
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        Table[] tables = [new("times", new Column("t", [0, 1]))];
        var first = Of(1) with { Started = DateTimeOffset.UnixEpoch, WallSeconds = 1 };
        Assert.Equal(Bytes(first, tables), Bytes(Of(1) with { WallSeconds = 2, PeakMegabytes = 3 }, tables));
        Assert.NotEqual(Bytes(first, tables), Bytes(Of(2), tables));
    }

    [Fact]
    public void Names_that_would_clash_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Bytes(Of(1), [new("t"), new("t")]));
        Assert.Throws<ArgumentException>(() => Bytes(Of(1), [new("parameters")]));
        Assert.Throws<ArgumentException>(() => Bytes(Of(1), [new("C")], new Field("C", 1, 1, [1])));
    }

    // The library of the format itself reads the file of a run: every array of data.npz, bit by bit, and what it says of itself.
    [Fact]
    public void Fields_of_a_run_are_what_h5dump_reads()
    {
        using var place = new Workplace();
        place.Call("dynamics", "--t", "3", "--tol", "1e-4", "--no-planted", "--fields", "--out", "run", "--quiet").Ends(0);
        string file = Path.Combine(place["run"], "data.h5");
        var items = Hdf5Reader.Read(File.ReadAllBytes(file));
        using var stream = File.OpenRead(Path.Combine(place["run"], "data.npz"));
        var (tables, fields) = Npz.Read(stream);
        Assert.Equal(["C", "C_error", "R", "R_error"], fields.Select(field => field.Name));
        foreach (var table in tables)
        {
            Assert.All(table.Columns, column => AssertSame(column, $"/{table.Name}/{column.Name}", items));
        }

        foreach (var field in fields)
        {
            Assert.Equal(field.Values, items["/" + field.Name].Values.Cast<double>());
            Assert.Contains("[t, s]", (string)items["/" + field.Name].Attributes["description"].Values[0], StringComparison.Ordinal);
            Assert.Equal(field.Rows, tables.Single(table => table.Name == "fields").Rows);
        }

        Assert.Equal("3", items["/parameters/t"].Values[0]);

        string contents = Dump("-n", file);
        Assert.Equal(items.Keys.Order(StringComparer.Ordinal), Listed().Matches(contents).Select(match => match.Groups["path"].Value).Order(StringComparer.Ordinal));
        string binary = place["bits"];
        foreach (var (path, item) in items.Where(item => item.Value.Type == "real"))
        {
            Dump("-d", path, "-o", binary, "-b", "LE", file);
            byte[] bits = File.ReadAllBytes(binary);
            Assert.Equal(item.Values.Cast<double>(), Enumerable.Range(0, bits.Length / 8).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(bits.AsSpan(8 * i))));
        }

        string head = Dump("-A", file);
        foreach (string part in new[] { "ATTRIBUTE \"command\"", "(0): \"dynamics\"", "ATTRIBUTE \"version\"", $"(0): \"{Machine.Here.Version}\"", "ATTRIBUTE \"seed\"", "H5T_STD_U64LE", "ATTRIBUTE \"description\"", "SIMPLE { ( 160, 160 ) / ( 160, 160 ) }", "H5T_IEEE_F64LE" })
        {
            Assert.Contains(part, head, StringComparison.Ordinal);
        }

        Assert.Contains("(0): \"3\"", Dump("-d", "/parameters/t", file), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_column_is_what_h5dump_reads()
    {
        using var folder = new TemporaryFolder();
        string file = folder["x.h5"];
        Table[] tables = [new("points", Column.Coded("kind", [2, 0], ["extensive", "index one", "minimum"]), Column.Integers("n", [-5, 1L << 53], [true, false]), Column.Flags("found", [true, false])), new("none")];
        File.WriteAllBytes(file, Bytes(Of(null), tables, new Field("F", 0, 3, [])));
        string text = Dump(file);
        foreach (string part in new[] { "(0): \"extensive\", \"index one\", \"minimum", "(0): 2, 0", "(0): -5, 0", "(0): TRUE, FALSE", "SIMPLE { ( 0, 3 ) / ( 0, 3 ) }", "GROUP \"none\"", "DATASET \"n_exists\"", LongList[^20..] })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("ATTRIBUTE \"seed\"", text, StringComparison.Ordinal);
    }

    private static void AssertSame(Column column, string path, Dictionary<string, Hdf5Item> items)
    {
        var item = items[path];
        Assert.Equal([column.Values.Length], item.Shape!);
        Assert.Equal(column.Kind switch { ColumnKind.Real => "real", ColumnKind.Integer => "integer", _ => "flag" }, item.Type);
        Assert.Equal(column.Values.Select(BitConverter.DoubleToInt64Bits), item.Values.Select(value => BitConverter.DoubleToInt64Bits(value switch { double real => real, long whole => whole, _ => (bool)value ? 1 : 0 })));
        Assert.Equal(column.Exists, items.GetValueOrDefault(path + "_exists")?.Values.Cast<bool>());
        Assert.Equal(column.Labels, items.GetValueOrDefault(path + "_labels")?.Values.Cast<string>());
    }

    private static string Dump(params string[] words)
    {
        var start = new ProcessStartInfo("h5dump", words) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        try
        {
            using var dump = Process.Start(start)!;
            var error = dump.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string text = dump.StandardOutput.ReadToEnd();
            dump.WaitForExit();
            Assert.True(dump.ExitCode == 0, error.Result);
            return text;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("h5dump is not installed: install hdf5-tools to run this test");
            return string.Empty;
        }
    }

    [GeneratedRegex(@"^ (?:group|dataset) +(?<path>/.*?) *$", RegexOptions.Multiline)]
    private static partial Regex Listed();
}
