// The HDF5 format as far as arrays in groups need it: superblock 0, groups of symbol tables, contiguous arrays, attributes of text and whole numbers.
using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Thalweg.Results.Storage;

/// <summary>The type of the elements of an array, as a datatype message.</summary>
/// <param name="Message">The message.</param>
/// <param name="Size">Bytes an element.</param>
internal sealed record Hdf5Type(byte[] Message, int Size)
{
    /// <summary>IEEE numbers of 64 bits, little-endian.</summary>
    internal static Hdf5Type Real { get; } = new([0x11, 0x20, 63, 0, 8, 0, 0, 0, 0, 0, 64, 0, 52, 11, 0, 52, 0xff, 3, 0, 0], 8);

    /// <summary>Signed whole numbers of 64 bits, little-endian.</summary>
    internal static Hdf5Type Integer { get; } = new([0x10, 8, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0], 8);

    /// <summary>Whole numbers of 64 bits without sign, little-endian.</summary>
    internal static Hdf5Type Unsigned { get; } = new([0x10, 0, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0], 8);

    /// <summary>Yes and no: the enumeration FALSE, TRUE over bytes, which h5py and PyTables read as bool.</summary>
    internal static Hdf5Type Flag { get; } = new([0x18, 2, 0, 0, 1, 0, 0, 0, 0x10, 8, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0, .. "FALSE\0\0\0TRUE\0\0\0\0"u8, 0, 1], 1);

    /// <summary>Text of fixed width in UTF-8, padded with zeros.</summary>
    /// <param name="width">Bytes, ≥ 1.</param>
    internal static Hdf5Type Text(int width)
    {
        var message = new byte[8];
        (message[0], message[1]) = (0x13, 0x11);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), width);
        return new(message, width);
    }
}

/// <summary>A group or an array.</summary>
internal abstract class Hdf5Node
{
    /// <summary>Attributes: names and a single value each.</summary>
    internal List<(string Name, Hdf5Type Type, byte[] Value)> Attributes { get; } = [];

    /// <summary>Adds a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text, below 64,000 bytes.</param>
    internal void Note(string name, string text)
    {
        byte[] bytes = Bytes(text);
        Attributes.Add((name, Hdf5Type.Text(bytes.Length), bytes));
    }

    /// <summary>Adds a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The number.</param>
    internal void Note(string name, ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Attributes.Add((name, Hdf5Type.Unsigned, bytes));
    }

    /// <summary>A text as the value of an element: no element is of no bytes.</summary>
    /// <param name="text">The text.</param>
    internal static byte[] Bytes(string text) => text.Length == 0 ? new byte[1] : Encoding.UTF8.GetBytes(text);
}

/// <summary>An array.</summary>
/// <param name="type">The type of its elements.</param>
/// <param name="shape">The lengths of its axes; none for a single value.</param>
/// <param name="content">Writes all elements, row-major.</param>
internal sealed class Hdf5Array(Hdf5Type type, long[] shape, Action<Action<ReadOnlySpan<byte>>> content) : Hdf5Node
{
    internal Hdf5Type Type { get; } = type;

    internal long[] Shape { get; } = shape;

    internal Action<Action<ReadOnlySpan<byte>>> Content { get; } = content;

    internal long Length => Shape.Aggregate((long)Type.Size, (product, length) => product * length);
}

/// <summary>A group.</summary>
internal sealed class Hdf5Group : Hdf5Node
{
    /// <summary>What it holds, in the order of the bytes of the names, which the format wants.</summary>
    internal SortedDictionary<string, Hdf5Node> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a member.</summary>
    /// <param name="name">Its name: ASCII without slashes.</param>
    /// <param name="member">The member.</param>
    /// <exception cref="ArgumentException">The name stands twice or is none.</exception>
    internal void Add(string name, Hdf5Node member)
    {
        if (name.Length == 0 || name == "." || !Ascii.IsValid(name) || name.Contains('/', StringComparison.Ordinal) || !Members.TryAdd(name, member))
        {
            throw new ArgumentException($"'{name}' is no name for a member of a group, or stands twice", nameof(name));
        }
    }
}

/// <summary>Writes the file of a root group front to back, so that the stream may be a hash: first everything that says where things are, then the elements of the arrays.</summary>
/// <remarks>The HDF5 File Format Specification with superblock 0, object headers of version 1 and one symbol node a group, which every HDF5 library reads. No dates: the same content gives the same bytes.</remarks>
internal sealed class Hdf5File
{
    private const ulong Undefined = ulong.MaxValue;
    private const int SuperblockSize = 96, InternalRank = 16, LeastLeafRank = 4, EntrySize = 40, LongestMessage = 64_000;

    private readonly ArrayBufferWriter<byte> body = new(4096);
    private readonly List<Hdf5Array> arrays = [];
    private readonly byte[] superblock;
    private readonly int leafRank;
    private long next;

    private Hdf5File(Hdf5Group root, long dataStart)
    {
        (leafRank, next) = (Math.Max(LeastLeafRank, (Largest(root) + 1) / 2), dataStart);
        ulong address = Place(root);
        superblock =
        [
            0x89, .. "HDF\r\n\u001a\n"u8, 0, 0, 0, 0, 0, 8, 8, 0, .. Short(leafRank), .. Short(InternalRank), 0, 0, 0, 0,
            // All addresses count from 0; no free space; the end of the file; no driver.
            .. Number(0), .. Number(Undefined), .. Number((ulong)next), .. Number(Undefined), .. Entry(0, address),
        ];
    }

    /// <summary>Writes a file.</summary>
    /// <param name="root">What it holds.</param>
    /// <param name="stream">Where to; left open.</param>
    internal static void Write(Hdf5Group root, Stream stream)
    {
        // Addresses have a fixed width, so that where the arrays begin is known after a trial.
        var file = new Hdf5File(root, (long)new Hdf5File(root, 0).Here());
        stream.Write(file.superblock);
        stream.Write(file.body.WrittenSpan);
        foreach (var array in file.arrays)
        {
            array.Content(part => stream.Write(part));
            stream.Write(new byte[Padded(array.Length) - array.Length]);
        }
    }

    private static int Largest(Hdf5Group group) => Math.Max(group.Members.Count, group.Members.Values.OfType<Hdf5Group>().Select(Largest).DefaultIfEmpty().Max());

    private static long Padded(long size) => (size + 7) / 8 * 8;

    // Members before their group, so that each address is known where it is written; returns that of the object header.
    private ulong Place(Hdf5Node node)
    {
        if (node is Hdf5Array array)
        {
            ulong at = array.Length == 0 ? Undefined : (ulong)next;
            arrays.Add(array);
            next += Padded(array.Length);
            return Header(node, (1, Space(array.Shape)), (3, array.Type.Message), (5, [2, 2, 2, 1, 0, 0, 0, 0]), (8, [3, 1, .. Number(at), .. Number((ulong)array.Length)]));
        }

        var members = ((Hdf5Group)node).Members;
        ulong[] addresses = [.. members.Values.Select(Place)];

        // The names, after an empty one: each ends with a zero and begins at a multiple of eight.
        var names = new List<byte>(new byte[8]);
        var offsets = new List<int>();
        foreach (string name in members.Keys)
        {
            offsets.Add(names.Count);
            names.AddRange([.. Encoding.ASCII.GetBytes(name), .. new byte[Padded(name.Length + 1) - name.Length]]);
        }

        ulong heap = Here();
        Put([.. "HEAP\0\0\0\0"u8, .. Number((ulong)names.Count), .. Number(1), .. Number(heap + 32), .. names]); // 1: nothing in it is free

        // One node of symbols, or none, under a leaf without neighbours; its names lie after the empty one and up to the last.
        ulong symbols = Here();
        byte[] children = members.Count == 0 ? new byte[24] : [.. Number(0), .. Number(symbols), .. Number((ulong)offsets[^1])];
        if (members.Count > 0)
        {
            Put([.. "SNOD\u0001\0"u8, .. Short(members.Count)]);
            for (int i = 0; i < 2 * leafRank; i++)
            {
                Put(i < addresses.Length ? Entry(offsets[i], addresses[i]) : new byte[EntrySize]);
            }
        }

        ulong tree = Here();
        Put([.. "TREE\0\0"u8, .. Short(members.Count == 0 ? 0 : 1), .. Number(Undefined), .. Number(Undefined), .. children, .. new byte[(2 * InternalRank - 1) * 16]]);
        return Header(node, (0x11, [.. Number(tree), .. Number(heap)]));
    }

    private ulong Header(Hdf5Node node, params ReadOnlySpan<(int Kind, byte[] Body)> own)
    {
        (int Kind, byte[] Body)[] messages = [.. own, .. node.Attributes.Select(attribute => (12, Attribute(attribute.Name, attribute.Type, attribute.Value)))];
        ulong at = Here();
        ulong size = (ulong)messages.Sum(message => 8 + Padded(message.Body.Length));
        Put([1, 0, .. Short(messages.Length), 1, 0, 0, 0, .. Number(size)]); // one name leads here; the size has 4 bytes and 4 more align it
        foreach (var (kind, content) in messages)
        {
            long padded = Padded(content.Length);
            Put([.. Short(kind), .. Short((int)padded), 0, 0, 0, 0, .. content, .. new byte[padded - content.Length]]);
        }

        return at;
    }

    private static byte[] Attribute(string name, Hdf5Type type, byte[] value)
    {
        byte[] space = Space([]);
        if (value.Length > LongestMessage)
        {
            throw new ArgumentException($"the attribute {name} has {value.Length} bytes, more than {LongestMessage}", nameof(value));
        }

        return
        [
            1, 0, (byte)(name.Length + 1), 0, (byte)type.Message.Length, 0, (byte)space.Length, 0,
            .. Encoding.ASCII.GetBytes(name), .. new byte[Padded(name.Length + 1) - name.Length],
            .. type.Message, .. new byte[Padded(type.Message.Length) - type.Message.Length],
            .. space, .. value,
        ];
    }

    private static byte[] Space(long[] shape) => [1, (byte)shape.Length, 0, 0, 0, 0, 0, 0, .. shape.SelectMany(length => Number((ulong)length))];

    private static byte[] Number(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    // A name in the heap and an object header; nothing about it is cached.
    private static byte[] Entry(int name, ulong address) => [.. Number((ulong)name), .. Number(address), .. new byte[EntrySize - 16]];

    private static byte[] Short(int value) => Number(checked((ushort)value))[..2];

    private ulong Here() => (ulong)(SuperblockSize + body.WrittenCount);

    private void Put(ReadOnlySpan<byte> bytes) => body.Write(bytes);
}
