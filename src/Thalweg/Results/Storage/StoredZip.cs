// A zip archive without compression whose bytes depend on the names and contents alone: no dates, no system, no library version.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Thalweg.Results.Storage;

/// <summary>Writes a zip archive front to back, so that the stream may be a hash or a pipe.</summary>
/// <remarks>
/// The format is PKWARE's APPNOTE 6.3: each entry stored (method 0), dated 1 January 1980, UTF-8 names. Entries, offsets and counts that do not fit 32 (16) bits take the zip64 form.
/// The archives of the base library carry the system's mark and need to seek; the same data must give the same bytes everywhere.
/// </remarks>
/// <param name="stream">Where to; left open.</param>
/// <param name="largest">From this size or offset on the zip64 form is used; the format's own limit by default.</param>
public sealed class StoredZip(Stream stream, long largest = uint.MaxValue)
{
    private const ushort FirstDay = (1 << 5) | 1;

    private static readonly uint[] Remainders = MakeRemainders();

    private readonly List<(byte[] Name, uint Crc, long Size, long Offset)> entries = [];

    private long position;

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="head">The first part of its content.</param>
    /// <param name="size">The whole number of bytes.</param>
    /// <param name="content">Writes the rest of the content; called twice, for the checksum and for the bytes.</param>
    public void Add(string name, ReadOnlySpan<byte> head, long size, Action<Action<ReadOnlySpan<byte>>> content)
    {
        ArgumentNullException.ThrowIfNull(content);
        uint crc = Crc(uint.MaxValue, head);
        content(part => crc = Crc(crc, part));
        var entry = (Name: Encoding.UTF8.GetBytes(name), Crc: ~crc, Size: size, Offset: position);
        entries.Add(entry);
        Header(0x04034b50, entry, central: false);
        Put(head);
        content(Put);
        if (position - entry.Offset - size != 30 + entry.Name.Length + (size >= largest ? 20 : 0))
        {
            throw new ArgumentException("the content of " + name + " has another size", nameof(size));
        }
    }

    /// <summary>Writes the directory; nothing may be added afterwards.</summary>
    /// <param name="comment">The archive's comment, at most 65535 bytes of ASCII.</param>
    public void Finish(string comment)
    {
        long start = position;
        foreach (var entry in entries)
        {
            Header(0x02014b50, entry, central: true);
        }

        long size = position - start, end = position;
        bool wide = start >= largest || size >= largest || entries.Count >= ushort.MaxValue;
        if (wide)
        {
            Put32(0x06064b50);
            Put64(44);
            Put16(45);
            Put16(45);
            Put64(0); // both disk numbers
            Put64(entries.Count);
            Put64(entries.Count);
            Put64(size);
            Put64(start);
            Put32(0x07064b50);
            Put32(0);
            Put64(end);
            Put32(1);
        }

        byte[] text = Encoding.ASCII.GetBytes(comment);
        Put32(0x06054b50);
        Put32(0); // both disk numbers
        Put16(wide ? ushort.MaxValue : entries.Count);
        Put16(wide ? ushort.MaxValue : entries.Count);
        Put32(wide ? uint.MaxValue : (uint)size);
        Put32(wide ? uint.MaxValue : (uint)start);
        Put16(checked((ushort)text.Length));
        Put(text);
    }

    // The local header and the entry of the directory agree but for the middle and the offset.
    private void Header(uint signature, (byte[] Name, uint Crc, long Size, long Offset) entry, bool central)
    {
        bool wideSize = entry.Size >= largest, wideOffset = central && entry.Offset >= largest;
        int extra = (wideSize ? 16 : 0) + (wideOffset ? 8 : 0);
        int version = extra > 0 ? 45 : 20;
        Put32(signature);
        if (central)
        {
            Put16(version);
        }

        Put16(version);
        Put16(1 << 11); // UTF-8 names
        Put16(0); // stored
        Put16(0);
        Put16(FirstDay);
        Put32(entry.Crc);
        Put32(wideSize ? uint.MaxValue : (uint)entry.Size);
        Put32(wideSize ? uint.MaxValue : (uint)entry.Size);
        Put16(entry.Name.Length);
        Put16(extra == 0 ? 0 : extra + 4);
        if (central)
        {
            Put64(0); // comment, disk, internal and half the external attributes
            Put16(0);
            Put32(wideOffset ? uint.MaxValue : (uint)entry.Offset);
        }

        Put(entry.Name);
        if (extra > 0)
        {
            Put16(1);
            Put16(extra);
        }

        if (wideSize)
        {
            Put64(entry.Size);
            Put64(entry.Size);
        }

        if (wideOffset)
        {
            Put64(entry.Offset);
        }
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        position += bytes.Length;
    }

    private void Put16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        Put(bytes);
    }

    private void Put32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Put(bytes);
    }

    private void Put64(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Put(bytes);
    }

    // CRC-32 of IEEE 802.3, eight bytes a step ("slicing by eight").
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint[] table = Remainders;
        while (bytes.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc, high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = table[0x700 + (byte)low] ^ table[0x600 + (byte)(low >> 8)] ^ table[0x500 + (byte)(low >> 16)] ^ table[0x400 + (low >> 24)]
                ^ table[0x300 + (byte)high] ^ table[0x200 + (byte)(high >> 8)] ^ table[0x100 + (byte)(high >> 16)] ^ table[high >> 24];
            bytes = bytes[8..];
        }

        foreach (byte b in bytes)
        {
            crc = table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeRemainders()
    {
        var table = new uint[8 * 256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint last = i < 256 ? i : table[i - 256];
            for (int bit = 0; i < 256 && bit < 8; bit++)
            {
                last = (last & 1) == 0 ? last >> 1 : (last >> 1) ^ 0xEDB88320;
            }

            table[i] = i < 256 ? last : table[(byte)last] ^ (last >> 8);
        }

        return table;
    }
}
