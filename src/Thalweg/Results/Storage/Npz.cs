// Tables and fields as one .npz file, which numpy.load opens: the same data gives the same bytes on every system.
using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading;

namespace Thalweg.Results.Storage;

/// <summary>What an .npz file holds.</summary>
/// <param name="Tables">Curves, the main table first.</param>
/// <param name="Fields">Arrays over two axes.</param>
public sealed record Arrays(IReadOnlyList<Table> Tables, IReadOnlyList<Field> Fields);

/// <summary>Writes and reads .npz files.</summary>
/// <remarks>
/// A column of the main table is an array of its own name, one of another table is "table.column", a field is a two-dimensional array of its own name.
/// float64, int64 or bool by the column's kind. A mask is the bool array "name_exists" (the values are zero where it is false); the words of codes are the text array "name_labels".
/// The names of the tables stand, in order, in the archive's comment, "tables: curves,points"; an archive without it has one table, "data".
/// </remarks>
public static class Npz
{
    private const string Comment = "tables: ";

    // A deflated array is at least this part of its size: a larger claim is a damaged or hostile file.
    private const long LargestRatio = 1032;

    /// <summary>Writes tables and fields, front to back.</summary>
    /// <param name="tables">The tables, the main one first.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="stream">Where to; left open.</param>
    /// <exception cref="ArgumentException">Two tables or two arrays have one name.</exception>
    public static void Write(IReadOnlyList<Table> tables, IReadOnlyList<Field> fields, Stream stream)
    {
        CheckNames(tables, fields);
        var zip = new StoredZip(stream);
        for (int i = 0; i < tables.Count; i++)
        {
            foreach (var column in tables[i].Columns)
            {
                Add(zip, i == 0 ? column.Name : tables[i].Name + "." + column.Name, column);
            }
        }

        foreach (var field in fields)
        {
            byte[] header = Npy.Header("<f8", field.Rows, field.Columns);
            zip.Add(field.Name + ".npy", header, header.Length + 8L * field.Values.Length, put => Npy.Write(field.Values, ColumnKind.Real, put));
        }

        zip.Finish(Comment + string.Join(',', tables.Select(table => table.Name)));
    }

    /// <summary>SHA-256 of the bytes that <see cref="Write"/> writes: the name of the data, whenever and wherever it was computed.</summary>
    /// <param name="tables">The tables, the main one first.</param>
    /// <param name="fields">The fields; none by default.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>64 lower-case hexadecimal digits, equal to the hash of data.npz.</returns>
    public static string DataHash(IReadOnlyList<Table> tables, IReadOnlyList<Field>? fields = null, CancellationToken cancellation = default)
    {
        using var stream = new HashingStream(Stream.Null, cancellation);
        Write(tables, fields ?? [], stream);
        return stream.Finish();
    }

    /// <summary>Reads tables and fields back; also files of numpy.savez and numpy.savez_compressed with arrays of the same types.</summary>
    /// <param name="stream">The file, which can seek; left open.</param>
    /// <exception cref="FormatException">It is no zip archive, or some array is not readable: one sentence that names the array.</exception>
    public static Arrays Read(Stream stream)
    {
        string array = "the archive";
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            string[] names = zip.Comment.StartsWith(Comment, StringComparison.Ordinal) ? zip.Comment[Comment.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries) : ["data"];
            var stored = new List<(string Name, Npy.Stored Array)>(zip.Entries.Count);
            foreach (var entry in zip.Entries)
            {
                array = entry.FullName;
                stored.Add((array.EndsWith(".npy", StringComparison.Ordinal) ? array[..^4] : throw new FormatException("not an array"), Read(entry)));
            }

            array = "the archive";
            return Assemble(names, stored, ref array);
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or ArgumentException or EndOfStreamException)
        {
            throw new FormatException(array + ": " + exception.Message, exception);
        }
    }

    private static void Add(StoredZip zip, string name, Column column)
    {
        int rows = column.Values.Length, size = column.Kind == ColumnKind.Flag ? 1 : 8;
        byte[] header = Npy.Header(column.Kind switch { ColumnKind.Real => "<f8", ColumnKind.Integer => "<i8", _ => "|b1" }, rows);
        zip.Add(name + ".npy", header, header.Length + (long)size * rows, put => Npy.Write(column.Values, column.Kind, put));
        if (column.Exists is not null)
        {
            header = Npy.Header("|b1", rows);
            double[] mask = Array.ConvertAll(column.Exists, yes => yes ? 1.0 : 0.0);
            zip.Add(name + "_exists.npy", header, header.Length + (long)rows, put => Npy.Write(mask, ColumnKind.Flag, put));
        }

        if (column.Labels is not null)
        {
            byte[] texts = Npy.Texts(column.Labels, out int width);
            header = Npy.Header("<U" + width, column.Labels.Count);
            zip.Add(name + "_labels.npy", header, header.Length + (long)texts.Length, put => put(texts));
        }
    }

    private static Npy.Stored Read(ZipArchiveEntry entry)
    {
        if (entry.Length > LargestRatio * entry.CompressedLength + LargestRatio || entry.Length > Array.MaxLength)
        {
            throw new FormatException($"its size of {entry.Length} bytes is not possible");
        }

        var bytes = new byte[entry.Length];
        using var content = entry.Open();
        content.ReadExactly(bytes);
        return Npy.Read(bytes);
    }

    private static Arrays Assemble(string[] names, List<(string Name, Npy.Stored Array)> stored, ref string array)
    {
        var byName = new Dictionary<string, Npy.Stored>(stored.Count, StringComparer.Ordinal);
        foreach (var (name, content) in stored)
        {
            array = name;
            if (!byName.TryAdd(name, content))
            {
                throw new FormatException("the name stands twice");
            }
        }

        var columns = names.Select(_ => new List<Column>()).ToArray();
        var fields = new List<Field>();
        foreach (var (name, content) in stored)
        {
            array = name;
            if (IsPart(name, "_exists") || IsPart(name, "_labels"))
            {
                continue;
            }

            double[] values = content.Values ?? throw new FormatException("text that is no column's words");
            if (content.Shape.Length == 2)
            {
                fields.Add(content.Kind == ColumnKind.Real ? new(name, content.Shape[0], content.Shape[1], values) : throw new FormatException("a field is not of real numbers"));
                continue;
            }

            int dot = name.IndexOf('.', StringComparison.Ordinal), table = dot < 0 ? 0 : Array.IndexOf(names, name[..dot]);
            if (table < 0 || names.Length == 0 || (dot >= 0 && table == 0))
            {
                throw new FormatException("it belongs to no table");
            }

            var mask = byName.GetValueOrDefault(name + "_exists");
            bool[]? exists = mask is null ? null : Array.ConvertAll(mask.Values ?? throw new FormatException("its mask is text"), yes => yes != 0);
            columns[table].Add(new(name[(dot + 1)..], values, exists, content.Kind, byName.GetValueOrDefault(name + "_labels")?.Texts));
        }

        array = "the archive";
        return new([.. names.Select((name, i) => new Table(name, columns[i]))], fields);

        bool IsPart(string name, string ending) => name.EndsWith(ending, StringComparison.Ordinal) && byName.ContainsKey(name[..^ending.Length]);
    }

    private static void CheckNames(IReadOnlyList<Table> tables, IReadOnlyList<Field> fields)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(fields);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var table in tables)
        {
            if (!names.Add(table.Name))
            {
                throw new ArgumentException("two tables are named " + table.Name, nameof(tables));
            }
        }

        names = new(tables.Count == 0 ? [] : tables[0].Columns.Select(column => column.Name), StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (!names.Add(field.Name))
            {
                throw new ArgumentException("two arrays are named " + field.Name, nameof(fields));
            }
        }
    }
}
