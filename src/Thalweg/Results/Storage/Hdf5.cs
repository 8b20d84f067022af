// Tables and fields as one HDF5 file that says what it is: for h5dump, h5py, MATLAB, Julia and others.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Thalweg.Results.Storage;

/// <summary>Writes HDF5 files.</summary>
/// <remarks>
/// A field is the array of its own name in the root group, with the attribute "description"; a table is a group whose arrays are its columns, with "name_exists" and "name_labels" as in <see cref="Npz"/>.
/// Attributes of the root: command, version, commit (where known), hash, seed (where there is one), status, sentence. The group "parameters" holds the text of each parameter.
/// No dates and times: the same run of the same version gives the same bytes. Cost: the arrays are not copied, the rest is some kilobytes.
/// </remarks>
public static class Hdf5
{
    private const string Parameters = "parameters";

    /// <summary>Writes tables and fields, front to back.</summary>
    /// <param name="manifest">The run that they belong to.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="stream">Where to; left open.</param>
    /// <exception cref="ArgumentException">Two tables, fields or columns have one name, or it is that of the parameters.</exception>
    public static void Write(Manifest manifest, IReadOnlyList<Table> tables, IReadOnlyList<Field> fields, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(fields);
        var root = new Hdf5Group();
        Describe(root, manifest);
        root.Add(Parameters, Of(manifest.Parameters));
        foreach (var table in tables)
        {
            root.Add(table.Name, Of(table));
        }

        foreach (var field in fields)
        {
            var array = new Hdf5Array(Hdf5Type.Real, [field.Rows, field.Columns], put => Npy.Write(field.Values, ColumnKind.Real, put));
            if (field.Description.Length > 0)
            {
                array.Note("description", field.Description);
            }

            root.Add(field.Name, array);
        }

        Hdf5File.Write(root, stream);
    }

    private static void Describe(Hdf5Group root, Manifest manifest)
    {
        root.Note("command", manifest.Command);
        root.Note("version", manifest.Machine.Version);
        if (manifest.Machine.Commit is { } commit)
        {
            root.Note("commit", commit);
        }

        root.Note("hash", manifest.Hash);
        if (manifest.Seed is { } seed)
        {
            root.Note("seed", seed);
        }

        root.Note("status", Words.Of(manifest.Status));
        root.Note("sentence", manifest.Sentence);
    }

    // Arrays of a single text: a list of times may be longer than an attribute can be.
    private static Hdf5Group Of(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var group = new Hdf5Group();
        foreach (var (name, text) in parameters)
        {
            byte[] bytes = Hdf5Node.Bytes(text);
            group.Add(name, new Hdf5Array(Hdf5Type.Text(bytes.Length), [], put => put(bytes)));
        }

        return group;
    }

    private static Hdf5Group Of(Table table)
    {
        var group = new Hdf5Group();
        foreach (var column in table.Columns)
        {
            var type = column.Kind switch { ColumnKind.Real => Hdf5Type.Real, ColumnKind.Integer => Hdf5Type.Integer, _ => Hdf5Type.Flag };
            group.Add(column.Name, new Hdf5Array(type, [column.Values.Length], put => Npy.Write(column.Values, column.Kind, put)));
            if (column.Exists is { } exists)
            {
                byte[] mask = Array.ConvertAll(exists, yes => yes ? (byte)1 : (byte)0);
                group.Add(column.Name + "_exists", new Hdf5Array(Hdf5Type.Flag, [mask.Length], put => put(mask)));
            }

            if (column.Labels is { } labels)
            {
                byte[][] words = [.. labels.Select(Hdf5Node.Bytes)];
                int width = words.Select(word => word.Length).DefaultIfEmpty(1).Max();
                group.Add(column.Name + "_labels", new Hdf5Array(Hdf5Type.Text(width), [words.Length], put => Array.ForEach(words, word => put([.. word, .. new byte[width - word.Length]]))));
            }
        }

        return group;
    }
}
