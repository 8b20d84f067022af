// A small reader of HDF5 files, written from the format's specification and sharing nothing with the writer: superblock 0, symbol tables, contiguous arrays.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace Thalweg.Tests.Results;

/// <summary>What a file says of one array, attribute or group.</summary>
/// <param name="Shape">The lengths of the axes; null for a group.</param>
/// <param name="Type">"real", "integer", "unsigned", "flag" or "text"; "group".</param>
/// <param name="Values">Real numbers, whole numbers, answers or texts, row-major.</param>
/// <param name="Attributes">By name.</param>
internal sealed record Hdf5Item(long[]? Shape, string Type, object[] Values, Dictionary<string, Hdf5Item> Attributes);

/// <summary>Reads a whole file.</summary>
internal sealed class Hdf5Reader
{
    private readonly byte[] file;
    private readonly int leafRank, internalRank;
    private readonly List<(long Start, long End)> taken = [];

    private Hdf5Reader(byte[] bytes)
    {
        file = bytes;
        Assert.Equal([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], bytes[..8]);
        Assert.Equal([0, 0, 0, 0, 0, 8, 8, 0], bytes[8..16]);
        (leafRank, internalRank) = (U16(16), U16(18));
        Assert.Equal(0, U32(20));
        Assert.Equal(0, S64(24));
        Assert.Equal(-1, S64(32));
        Assert.Equal(bytes.Length, S64(40));
        Assert.Equal(-1, S64(48));
        Take(0, 96);
        Read(S64(64), "/");

        // Every byte of the file belongs to one structure, but for the zeros that align the next one.
        long end = 0;
        foreach (var (start, until) in taken.Order())
        {
            Assert.InRange(start - end, 0, 7);
            end = until;
        }

        Assert.InRange(bytes.Length - end, 0, 7);
    }

    /// <summary>Everything by its path, "/" for the root.</summary>
    private Dictionary<string, Hdf5Item> Items { get; } = new(StringComparer.Ordinal);

    public static Dictionary<string, Hdf5Item> Read(byte[] bytes) => new Hdf5Reader(bytes).Items;

    private void Read(long header, string path)
    {
        Assert.Equal(1, file[header]);
        int count = U16(header + 2), size = U32(header + 8);
        Assert.Equal(1, U32(header + 4));
        Take(header, 16 + size);
        var messages = new List<(int Kind, long At)>();
        long at = header + 16;
        for (int i = 0; i < count; i++)
        {
            int length = U16(at + 2);
            Assert.Equal(0, length % 8);
            messages.Add((U16(at), at + 8));
            at += 8 + length;
        }

        Assert.Equal(header + 16 + size, at);
        var attributes = messages.Where(message => message.Kind == 0x0c).Select(message => Attribute(message.At)).ToDictionary(item => item.Name, item => item.Item, StringComparer.Ordinal);
        long Of(int kind) => messages.Single(message => message.Kind == kind).At;
        if (messages.Any(message => message.Kind == 0x11))
        {
            Items.Add(path, new(null, "group", [], attributes));
            Group(S64(Of(0x11)), S64(Of(0x11) + 8), path == "/" ? path : path + "/");
            return;
        }

        long layout = Of(8), data = S64(layout + 2), bytes = S64(layout + 10);
        Assert.Equal([3, 1], file[(int)layout..((int)layout + 2)]);
        Assert.Equal(2, file[Of(5)]);
        long[] shape = Space(Of(1));
        if (bytes > 0)
        {
            Take(data, bytes);
        }

        var (type, values) = Values(Of(3), shape, data, bytes);
        Items.Add(path, new(shape, type, values, attributes));
    }

    private void Group(long tree, long heap, string path)
    {
        Assert.Equal("TREE\0\0", Ascii(tree, 6));
        Assert.Equal((-1, -1), (S64(tree + 8), S64(tree + 16)));
        Take(tree, 24 + 8 + 2L * internalRank * 16);
        Assert.Equal("HEAP\0\0\0\0", Ascii(heap, 8));
        long names = S64(heap + 24);
        Take(heap, 32);
        Take(names, S64(heap + 8));
        string before = string.Empty;
        for (int child = 0; child < U16(tree + 6); child++)
        {
            long low = S64(tree + 24 + 16 * child), symbols = S64(tree + 32 + 16 * child), high = S64(tree + 40 + 16 * child);
            Assert.Equal("SNOD\u0001\0", Ascii(symbols, 6));
            Take(symbols, 8 + 2L * leafRank * 40);
            Assert.InRange(U16(symbols + 6), 1, 2 * leafRank);
            Assert.Equal(before, Name(names + low));
            for (int i = 0; i < U16(symbols + 6); i++)
            {
                string name = Name(names + S64(symbols + 8 + 40 * i));
                Assert.True(string.CompareOrdinal(before, name) < 0, $"{name} after {before}");
                before = name;
                Read(S64(symbols + 16 + 40 * i), path + name);
            }

            Assert.Equal(before, Name(names + high));
        }
    }

    private (string Name, Hdf5Item Item) Attribute(long at)
    {
        Assert.Equal(1, file[at]);
        int name = U16(at + 2), type = U16(at + 4), space = U16(at + 6);
        long typeAt = at + 8 + Padded(name), spaceAt = typeAt + Padded(type), data = spaceAt + Padded(space);
        long[] shape = Space(spaceAt);
        var (kind, values) = Values(typeAt, shape, data, U32(typeAt + 4));
        return (Name(at + 8), new(shape, kind, values, []));
    }

    private long[] Space(long at)
    {
        Assert.Equal((1, 0), (file[at], file[at + 2]));
        return [.. Enumerable.Range(0, file[at + 1]).Select(i => S64(at + 8 + 8 * i))];
    }

    private (string Type, object[] Values) Values(long type, long[] shape, long data, long bytes)
    {
        int size = U32(type + 4);
        long count = shape.Aggregate(1L, (product, length) => product * length);
        Assert.Equal(count * size, bytes);
        var (name, read) = file[type] switch
        {
            0x11 => ("real", (Func<long, object>)(at => BitConverter.Int64BitsToDouble(S64(at)))),
            0x10 when file[type + 1] == 8 => ("integer", at => S64(at)),
            0x10 => ("unsigned", at => (ulong)S64(at)),
            0x18 => ("flag", at => file[at] != 0),
            0x13 => ("text", at => Encoding.UTF8.GetString(file, (int)at, size).TrimEnd('\0')),
            _ => throw new InvalidDataException("datatype " + file[type]),
        };
        if (name == "real")
        {
            // Bits 0 to 63; sign 63, exponent of 11 bits from 52 with bias 1023, mantissa of 52 bits with an implied leading one; little-endian.
            Assert.Equal((0x20, 63, 8, 0, 64), (file[type + 1], file[type + 2], size, U16(type + 8), U16(type + 10)));
            Assert.Equal([52, 11, 0, 52], file[((int)type + 12)..((int)type + 16)]);
            Assert.Equal(1023, U32(type + 16));
        }
        else if (name is "integer" or "unsigned")
        {
            Assert.Equal((8, 0, 64), (size, U16(type + 8), U16(type + 10)));
        }
        else if (name == "flag")
        {
            Assert.Equal((2, 1), (U16(type + 1), size));
            Assert.Equal("FALSE\0\0\0TRUE\0\0\0\0\0\u0001", Ascii(type + 20, 18));
        }

        return (name, [.. Enumerable.Range(0, (int)count).Select(i => read(data + (long)i * size))]);
    }

    private void Take(long start, long length)
    {
        Assert.InRange(start, 0, file.Length);
        Assert.InRange(length, 0, file.Length - start);
        Assert.Equal(0, start % 8);
        taken.Add((start, start + length));
    }

    private static long Padded(long length) => (length + 7) / 8 * 8;

    private string Name(long at) => Ascii(at, Array.IndexOf(file, (byte)0, (int)at) - at);

    private string Ascii(long at, long length) => Encoding.ASCII.GetString(file, (int)at, (int)length);

    private int U16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)at));

    private int U32(long at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan((int)at));

    private long S64(long at) => BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan((int)at));
}
