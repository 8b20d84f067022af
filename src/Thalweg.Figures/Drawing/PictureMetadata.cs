// What a picture knows of its making: a small dictionary inside the SVG file, written as JSON, and read back.
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace Thalweg.Figures.Drawing;

/// <summary>A small ordered dictionary: command line, version, hash of the data, name of the table.</summary>
/// <remarks>Built with collection-initialiser syntax.</remarks>
public sealed class PictureMetadata : IEnumerable<KeyValuePair<string, string>>
{
    private const int LargestFile = 256 << 20, LargestEntry = 1 << 20;

    private readonly List<KeyValuePair<string, string>> entries = [];

    /// <summary>The number of entries.</summary>
    public int Count => entries.Count;

    /// <summary>The text of a key; null when there is none.</summary>
    /// <param name="key">The key.</param>
    public string? this[string key]
    {
        get
        {
            foreach (var entry in entries)
            {
                if (entry.Key == key)
                {
                    return entry.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="key">Its key, new here.</param>
    /// <param name="value">Its text.</param>
    /// <exception cref="ArgumentException">The key stands already.</exception>
    public void Add(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (this[key] is not null)
        {
            throw new ArgumentException("the key stands twice: " + key, nameof(key));
        }

        entries.Add(new(key, value));
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The entries as one JSON object.</summary>
    public string ToJson()
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (key, value) in entries)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Reads the dictionary of an SVG file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">It is not such a file; the message is one sentence.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PictureMetadata Read(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length > LargestFile)
        {
            throw new FormatException($"the picture is larger than {LargestFile >> 20} MiB");
        }

        return From(settings => XmlReader.Create(file, settings));
    }

    /// <summary>Reads the dictionary of an SVG document.</summary>
    /// <param name="svg">The document.</param>
    /// <exception cref="FormatException">It has none, or is malformed; the message is one sentence.</exception>
    public static PictureMetadata FromSvg(string svg)
    {
        ArgumentNullException.ThrowIfNull(svg);
        return From(settings => XmlReader.Create(new StringReader(svg), settings));
    }

    private static PictureMetadata From(Func<XmlReaderSettings, XmlReader> open)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestFile, CloseInput = true };
        try
        {
            using var reader = open(settings);
            reader.MoveToContent();
            if (reader.LocalName != "svg")
            {
                throw new FormatException("the file is XML but not an SVG picture");
            }

            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "metadata" && reader.GetAttribute("data-format") == "thalweg")
                {
                    return FromJson(reader.ReadElementContentAsString());
                }
            }
        }
        catch (XmlException failure)
        {
            throw new FormatException("the picture is not well-formed XML: " + failure.Message, failure);
        }
        catch (InvalidOperationException failure)
        {
            throw new FormatException("the picture's metadata are not plain text", failure);
        }

        throw new FormatException("the picture carries no metadata of Thalweg");
    }

    private static PictureMetadata FromJson(string json)
    {
        if (json.Length > LargestEntry)
        {
            throw new FormatException("the picture's metadata are larger than 1 MiB");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var read = new PictureMetadata();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                read.Add(property.Name, property.Value.GetString() ?? throw new FormatException("the picture's metadata have no text for " + property.Name));
            }

            return read;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("the picture's metadata are not a JSON object of distinct texts", failure);
        }
    }
}
