// A table as CSV (RFC 4180): a header, one line a row, a decimal point in every locale, empty where a value does not exist.
using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Text;

namespace Thalweg.Results.Storage;

/// <summary>Writes tables as comma-separated values in UTF-8.</summary>
public static class Csv
{
    private const int LongestNumber = 32;

    /// <summary>Writes a table: reals in the shortest form that reads back to the same bits, whole numbers without exponent, yes and no as true and false, codes as their words.</summary>
    /// <param name="table">The table.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Table table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        var text = new ArrayBufferWriter<byte>(64 * 1024);
        for (int j = 0; j < table.Columns.Count; j++)
        {
            Separate(text, j);
            Put(text, table.Columns[j].Name);
        }

        text.Write("\r\n"u8);
        for (int i = 0; i < table.Rows; i++)
        {
            for (int j = 0; j < table.Columns.Count; j++)
            {
                Separate(text, j);
                Put(text, table.Columns[j], i);
            }

            text.Write("\r\n"u8);
            if (text.WrittenCount > 32 * 1024)
            {
                stream.Write(text.WrittenSpan);
                text.ResetWrittenCount();
            }
        }

        stream.Write(text.WrittenSpan);
    }

    /// <summary>A table as text.</summary>
    /// <param name="table">The table.</param>
    public static string ToText(Table table)
    {
        using var memory = new MemoryStream();
        Write(table, memory);
        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    private static void Separate(ArrayBufferWriter<byte> text, int column)
    {
        if (column > 0)
        {
            text.Write(","u8);
        }
    }

    private static void Put(ArrayBufferWriter<byte> text, Column column, int row)
    {
        if (!column.Has(row))
        {
            return;
        }

        double value = column.Values[row];
        if (column.Labels is not null)
        {
            Put(text, column.Labels[(int)value]);
        }
        else if (column.Kind == ColumnKind.Flag)
        {
            text.Write(value == 0 ? "false"u8 : "true"u8);
        }
        else
        {
            var place = text.GetSpan(LongestNumber);
            _ = column.Kind == ColumnKind.Integer
                ? ((long)value).TryFormat(place, out int written, default, CultureInfo.InvariantCulture)
                : value.TryFormat(place, out written, "R", CultureInfo.InvariantCulture);
            text.Advance(written);
        }
    }

    private static void Put(ArrayBufferWriter<byte> text, string word)
    {
        bool quoted = word.AsSpan().IndexOfAny("\",\r\n") >= 0 || word.StartsWith(' ') || word.EndsWith(' ');
        Encoding.UTF8.GetBytes(quoted ? "\"" + word.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : word, text);
    }
}
