// The .npy format of one array: a header that names type and shape, then the values, little-endian, in C order.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Thalweg.Results.Storage;

/// <summary>One array as .npy: float64, int64, bool, or text of fixed width (one and two axes), versions 1.0 to 3.0.</summary>
internal static class Npy
{
    /// <summary>The header of an array, version 1.0.</summary>
    /// <param name="type">"&lt;f8", "&lt;i8", "|b1" or "&lt;U" and the width.</param>
    /// <param name="shape">The lengths of the axes.</param>
    public static byte[] Header(string type, params ReadOnlySpan<int> shape)
    {
        var text = new StringBuilder("{'descr': '").Append(type).Append("', 'fortran_order': False, 'shape': (");
        for (int i = 0; i < shape.Length; i++)
        {
            text.Append(shape[i]).Append(shape.Length == 1 ? "," : i + 1 < shape.Length ? ", " : string.Empty);
        }

        text.Append("), }");
        int padded = (10 + text.Length + 1 + 63) / 64 * 64;
        text.Append(' ', padded - 10 - text.Length - 1).Append('\n');
        var header = new byte[padded];
        "\u0093NUMPY\u0001\0"u8[1..].CopyTo(header); // the first character is two bytes of UTF-8, the format wants the second
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(padded - 10));
        Encoding.ASCII.GetBytes(text.ToString(), header.AsSpan(10));
        return header;
    }

    /// <summary>Writes the values of an array.</summary>
    /// <param name="values">The values.</param>
    /// <param name="kind">How to store them.</param>
    /// <param name="put">Takes the bytes, part by part.</param>
    public static void Write(ReadOnlySpan<double> values, ColumnKind kind, Action<ReadOnlySpan<byte>> put)
    {
        Span<byte> part = stackalloc byte[8 * 512];
        int size = kind == ColumnKind.Flag ? 1 : 8;
        for (int start = 0; start < values.Length; start += 512)
        {
            var some = values.Slice(start, Math.Min(512, values.Length - start));
            for (int i = 0; i < some.Length; i++)
            {
                switch (kind)
                {
                    case ColumnKind.Real:
                        BinaryPrimitives.WriteDoubleLittleEndian(part[(8 * i)..], some[i]);
                        break;
                    case ColumnKind.Integer:
                        BinaryPrimitives.WriteInt64LittleEndian(part[(8 * i)..], (long)some[i]);
                        break;
                    default:
                        part[i] = some[i] == 0 ? (byte)0 : (byte)1;
                        break;
                }
            }

            put(part[..(size * some.Length)]);
        }
    }

    /// <summary>Writes texts of fixed width as 32-bit characters, zero-padded.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="width">The largest number of characters, ≥ 1.</param>
    public static byte[] Texts(IReadOnlyList<string> texts, out int width)
    {
        width = 1;
        foreach (string text in texts)
        {
            width = Math.Max(width, Encoding.UTF32.GetByteCount(text) / 4);
        }

        var bytes = new byte[4 * width * texts.Count];
        for (int i = 0; i < texts.Count; i++)
        {
            Encoding.UTF32.GetBytes(texts[i], bytes.AsSpan(4 * width * i));
        }

        return bytes;
    }

    /// <summary>An array as it stood in a file; exactly one of the value lists is set.</summary>
    /// <param name="Shape">One or two lengths.</param>
    /// <param name="Values">Numbers, or null.</param>
    /// <param name="Kind">The kind of the numbers.</param>
    /// <param name="Texts">Texts, or null.</param>
    public sealed record Stored(int[] Shape, double[]? Values, ColumnKind Kind, string[]? Texts);

    /// <summary>Reads an array.</summary>
    /// <param name="bytes">The whole .npy file.</param>
    /// <exception cref="FormatException">It is no array of these types and shapes; the sentence fits behind the array's name and a colon.</exception>
    public static Stored Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || !bytes[..6].SequenceEqual("\u0093NUMPY"u8[1..]))
        {
            throw new FormatException("not in the .npy format");
        }

        int at = bytes[6] == 1 ? 10 : 12;
        uint length = bytes[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (bytes[6] is < 1 or > 3 || length > bytes.Length - at)
        {
            throw new FormatException("the header is damaged or of an unknown version");
        }

        string header = Encoding.UTF8.GetString(bytes.Slice(at, (int)length));
        string type = Between(header, "'descr': '", "'");
        if (Between(header, "'fortran_order': ", ",") != "False")
        {
            throw new FormatException("the order is not C (row by row)");
        }

        int[] shape = Shape(Between(header, "'shape': (", ")"));
        int size = type switch
        {
            "<f8" or "<i8" => 8,
            "|b1" => 1,
            _ when type.StartsWith("<U", StringComparison.Ordinal) && int.TryParse(type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width is > 0 and < 65536 => 4 * width,
            _ => throw new FormatException($"the type {type} is none of <f8, <i8, |b1, <U"),
        };

        var body = bytes[(at + (int)length)..];
        long count = shape.Length == 1 ? shape[0] : (long)shape[0] * shape[1];
        if (count * size != body.Length)
        {
            throw new FormatException($"{count} values of {size} bytes should follow the header, not {body.Length} bytes");
        }

        return type[1] == 'U' ? new(shape, null, ColumnKind.Real, ReadTexts(body, (int)count, size)) : ReadNumbers(body, (int)count, type, shape);
    }

    private static Stored ReadNumbers(ReadOnlySpan<byte> body, int count, string type, int[] shape)
    {
        var values = new double[count];
        for (int i = 0; i < values.Length; i++)
        {
            switch (type)
            {
                case "<f8":
                    values[i] = BinaryPrimitives.ReadDoubleLittleEndian(body[(8 * i)..]);
                    break;
                case "<i8":
                    long whole = BinaryPrimitives.ReadInt64LittleEndian(body[(8 * i)..]);
                    values[i] = Math.Abs((double)whole) <= 9007199254740992 ? whole : throw new FormatException($"the whole number {whole} is beyond 2^53");
                    break;
                default:
                    values[i] = body[i] == 0 ? 0 : 1;
                    break;
            }
        }

        return new(shape, values, type switch { "<f8" => ColumnKind.Real, "<i8" => ColumnKind.Integer, _ => ColumnKind.Flag }, null);
    }

    private static string[] ReadTexts(ReadOnlySpan<byte> body, int count, int size)
    {
        var texts = new string[count];
        for (int i = 0; i < count; i++)
        {
            texts[i] = Encoding.UTF32.GetString(body.Slice(i * size, size)).TrimEnd('\0');
        }

        return texts;
    }

    private static int[] Shape(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shape = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                throw new FormatException("the shape is not readable: (" + text + ")");
            }
        }

        return shape.Length is 1 or 2 ? shape : throw new FormatException($"it has {shape.Length} axes, not one or two");
    }

    private static string Between(string text, string before, string after)
    {
        int start = text.IndexOf(before, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf(after, start + before.Length, StringComparison.Ordinal);
        return end < 0 ? throw new FormatException("the header has no " + before.Split('\'')[1]) : text[(start + before.Length)..end];
    }
}
