// Tables and fields as npz: the round trip, the same bytes for the same data, and what numpy reads.
using System;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Xunit;

namespace Thalweg.Tests.Results;

public class NpzTests
{
    private static byte[] Bytes(Table[] tables, params Field[] fields)
    {
        using var memory = new MemoryStream();
        Npz.Write(tables, fields, memory);
        return memory.ToArray();
    }

    private static Arrays Read(byte[] bytes)
    {
        using var memory = new MemoryStream(bytes);
        return Npz.Read(memory);
    }

    private static Table[] Example() =>
    [
        new("curves", new Column("t", [0, 0.5, 1.0 / 3]), new Column("m", [1, 2, 3], [true, false, true])),
        new("points", Column.Coded("kind", [2, 0], ["extensive", "index one", "minimum"]), Column.Integers("n", [-5, 1L << 53]), Column.Flags("found", [true, false])),
    ];

    [Fact]
    public void Random_tables_come_back_the_same()
    {
        var random = new Random(7);
        for (int i = 0; i < 300; i++)
        {
            int rows = random.Next(4) == 0 ? random.Next(2) : random.Next(1200);
            Table[] tables = [.. Enumerable.Range(0, random.Next(4)).Select(j => RandomResults.Table(random, "table_" + j, rows + j))];
            Field[] fields = [.. Enumerable.Range(0, random.Next(3)).Select(j => RandomResults.Field(random, "F" + j))];
            byte[] bytes = Bytes(tables, fields);
            var back = Read(bytes);
            Assert.Equal(tables.Length, back.Tables.Count);
            foreach (var (a, b) in tables.Zip(back.Tables))
            {
                RandomResults.AssertSame(a, b);
            }

            Assert.Equal(fields.Select(field => (field.Name, field.Rows, field.Columns)), back.Fields.Select(field => (field.Name, field.Rows, field.Columns)));
            Assert.All(fields.Zip(back.Fields), pair => Assert.Equal(pair.First.Values.Select(BitConverter.DoubleToInt64Bits), pair.Second.Values.Select(BitConverter.DoubleToInt64Bits)));
            Assert.Equal(bytes, Bytes([.. back.Tables], [.. back.Fields]));
        }
    }

    // exact: the bytes depend on the data alone; this hash must never change, or figures no longer find their data.
    [Fact]
    public void The_same_data_gives_the_same_bytes_everywhere()
    {
        byte[] bytes = Bytes(Example(), new Field("C", 2, 2, [1, 0.5, 0.5, 1]));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), Npz.DataHash(Example(), [new("C", 2, 2, [1, 0.5, 0.5, 1])]));
        Assert.Equal("71822a169a922b03", Npz.DataHash(Example())[..16]);
        Assert.NotEqual(Npz.DataHash(Example()), Npz.DataHash([Example()[1], Example()[0]]));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(100L)]
    [InlineData(0L)]
    public void Both_forms_of_the_archive_are_read_by_the_base_library(long largest)
    {
        using var memory = new MemoryStream();
        var zip = new StoredZip(memory, largest);
        byte[] small = [1, 2, 3], large = [.. Enumerable.Range(0, 1001).Select(i => (byte)(i * i))];
        zip.Add("small", small, 3, _ => { });
        zip.Add("ε", large.AsSpan(0, 7), 1001, put =>
        {
            put(large.AsSpan(7, 500));
            put(large.AsSpan(507));
        });
        zip.Finish("a comment");
        using var archive = new ZipArchive(memory);
        Assert.Equal("a comment", archive.Comment);
        Assert.Equal(["small", "ε"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal([small.Length, large.Length], archive.Entries.Select(entry => (int)entry.Length));
        using var content = new MemoryStream();
        using var stream = archive.GetEntry("ε")!.Open();
        stream.CopyTo(content);
        Assert.Equal(large, content.ToArray());
        Assert.Equal(0xCBF43926, Crc("123456789")); // the check value of CRC-32 in the literature
        Assert.Throws<ArgumentException>(() => new StoredZip(Stream.Null).Add("x", small, 4, _ => { }));
    }

    private static uint Crc(string text)
    {
        using var memory = new MemoryStream();
        var zip = new StoredZip(memory);
        zip.Add("x", Encoding.ASCII.GetBytes(text), text.Length, _ => { });
        zip.Finish(string.Empty);
        using var archive = new ZipArchive(memory);
        return archive.Entries[0].Crc32;
    }

    [Fact]
    public void Numpy_reads_what_we_write_and_we_read_what_numpy_writes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["data.npz"], Bytes(Example(), new Field("C", 2, 3, [1, 2, 3, 4, 5, 6.5])));
        string script = """
            import sys, zipfile
            try:
                import numpy as np
            except ImportError:
                sys.exit(77)
            assert zipfile.ZipFile(sys.argv[1]).testzip() is None
            d = np.load(sys.argv[1])
            assert sorted(d.files) == sorted(['t', 'm', 'm_exists', 'points.kind', 'points.kind_labels', 'points.n', 'points.found', 'C']), d.files
            assert d['t'].dtype == np.float64 and d['t'].tolist() == [0, 0.5, 1/3]
            assert d['m'].tolist() == [1, 0, 3] and d['m_exists'].dtype == np.bool_ and d['m_exists'].tolist() == [True, False, True]
            assert d['points.n'].dtype == np.int64 and d['points.n'].tolist() == [-5, 2**53]
            assert d['points.found'].tolist() == [True, False]
            assert d['points.kind_labels'][d['points.kind']].tolist() == ['minimum', 'extensive']
            assert d['C'].shape == (2, 3) and d['C'][1, 2] == 6.5 and d['C'].flags['C_CONTIGUOUS']
            for save in np.savez, np.savez_compressed:
                save(sys.argv[2] + save.__name__ + '.npz', x=np.arange(500) / 7, k=np.arange(500), b=np.arange(500) % 3 == 0, F=np.arange(6.0).reshape(3, 2))
            np.savez(sys.argv[2] + 'short.npz', x=np.arange(3, dtype=np.float32))
            np.savez(sys.argv[2] + 'fortran.npz', x=np.asfortranarray(np.arange(6.0).reshape(3, 2)))
            """;
        var start = new ProcessStartInfo(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3") { RedirectStandardError = true };
        foreach (string word in new[] { "-c", script, folder["data.npz"], folder.Path + "/" })
        {
            start.ArgumentList.Add(word);
        }

        Process python;
        try
        {
            python = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("there is no python3");
            return;
        }

        using (python)
        {
            string errors = python.StandardError.ReadToEnd();
            python.WaitForExit();
            Assert.SkipWhen(python.ExitCode == 77, "python3 has no numpy");
            Assert.True(python.ExitCode == 0, errors);
        }

        foreach (string name in new[] { "savez", "savez_compressed" })
        {
            var (tables, fields) = Read(File.ReadAllBytes(folder[name + ".npz"]));
            var table = Assert.Single(tables);
            Assert.Equal("data", table.Name);
            Assert.Equal(Enumerable.Range(0, 500).Select(i => i / 7.0), table["x"].Values);
            Assert.Equal(ColumnKind.Integer, table["k"].Kind);
            Assert.Equal(Enumerable.Range(0, 500).Select(i => i % 3 == 0 ? 1.0 : 0), table["b"].Values);
            Assert.Equal(5, Assert.Single(fields)[2, 1]);
        }

        Assert.Contains("<f4", Assert.Throws<FormatException>(() => Read(File.ReadAllBytes(folder["short.npz"]))).Message, StringComparison.Ordinal);
        Assert.Contains("order", Assert.Throws<FormatException>(() => Read(File.ReadAllBytes(folder["fortran.npz"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_refused_in_a_sentence_and_never_crash()
    {
        byte[] good = Bytes(Example(), new Field("C", 1, 1, [1]));
        var random = new Random(11);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bad = i % 3 == 0 ? good[..random.Next(good.Length)] : [.. good];
            for (int hits = i % 3 == 0 ? 0 : random.Next(1, 5); hits > 0; hits--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            try
            {
                Read(bad);
            }
            catch (FormatException exception)
            {
                Assert.Contains(": ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Names_that_would_clash_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Column("m_exists", [1]));
        Assert.Throws<ArgumentException>(() => new Column("a.b", [1]));
        Assert.Throws<ArgumentException>(() => new Table("t", new Column("a", [1]), new Column("a", [2])));
        Assert.Throws<ArgumentException>(() => Bytes([new("t"), new("T")]));
        Assert.Throws<ArgumentException>(() => Bytes([new("t", new Column("C", [1]))], new Field("C", 1, 1, [1])));
        Assert.Throws<ArgumentException>(() => Column.Coded("k", [2], ["a", "b"]));
        Assert.Throws<ArgumentException>(() => new Column("k", [0.5], kind: ColumnKind.Integer));
        Assert.Throws<ArgumentException>(() => new Field("F", 2, 2, [1, 2, 3]));
    }
}
