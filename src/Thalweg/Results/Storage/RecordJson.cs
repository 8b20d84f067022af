// A result as JSON text and back: numbers with their errors, and null with the reason beside it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Thalweg.Results.Storage;

/// <summary>Writes a <see cref="Record"/> as the command line's JSON and reads it back.</summary>
/// <remarks>
/// A quantity is { "value", "error", "how" }; a plain number is bare; a word, a yes or no, a list and a record are their JSON namesakes.
/// What does not exist is null, and its reason stands last in the same object under "why":
/// <list type="bullet">
/// <item>the sentence itself when the only null is the entry "value", so a lone absence is { "value": null, "why": "sentence" }, also as the item of a list;</item>
/// <item>otherwise an object from each null's key to its sentence;</item>
/// <item>under "why_missing" (always that object) in a record that has an entry "why" of its own.</item>
/// </list>
/// Reading gives the same record with two conventions: JSON does not tell an absent number from another absence, so every null comes back as a missing quantity;
/// and a record with exactly the shape of a quantity, or in a list of a lone absence, is one. "why_missing" is no key for entries.
/// </remarks>
public static class RecordJson
{
    // Doubles hold every whole number up to 2^53; these are written as integers, without an exponent.
    private const double LargestWhole = 9007199254740992;

    /// <summary>Text over several lines, the same on every system.</summary>
    public static JsonWriterOptions Indented { get; } = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Text on one line.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a record as one JSON object.</summary>
    /// <param name="writer">Where to, at a place where a value may stand.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="ArgumentException">An entry is named "why_missing".</exception>
    public static void Write(Utf8JsonWriter writer, Record record)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(record);
        int nulls = 0;
        bool own = false, value = false;
        writer.WriteStartObject();
        foreach (var (key, datum) in record)
        {
            writer.WritePropertyName(key);
            Write(writer, datum);
            own |= key == "why";
            if (Reason(datum) is not null)
            {
                nulls++;
                value = key == "value";
            }

            if (key == "why_missing")
            {
                throw new ArgumentException("the key why_missing is kept for reasons", nameof(record));
            }
        }

        if (nulls == 1 && value && !own)
        {
            writer.WriteString("why", Reason(record["value"]));
        }
        else if (nulls > 0)
        {
            writer.WriteStartObject(own ? "why_missing" : "why");
            foreach (var (key, datum) in record)
            {
                if (Reason(datum) is { } why)
                {
                    writer.WriteString(key, why);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a number: whole ones up to 2^53 as integers, others in the shortest form that reads back to the same bits.</summary>
    /// <param name="writer">Where to, at a place where a value may stand.</param>
    /// <param name="number">A finite number.</param>
    public static void Write(Utf8JsonWriter writer, double number)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (Math.Floor(number) == number && Math.Abs(number) <= LargestWhole && !(number == 0 && double.IsNegative(number)))
        {
            writer.WriteNumberValue((long)number);
        }
        else
        {
            writer.WriteNumberValue(number);
        }
    }

    /// <summary>A record as text.</summary>
    /// <param name="record">The record.</param>
    /// <param name="options"><see cref="Indented"/> or <see cref="Compact"/>; several lines by default.</param>
    public static string ToText(Record record, JsonWriterOptions? options = null)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory, options ?? Indented))
        {
            Write(writer, record);
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    /// <summary>Reads a record back from text.</summary>
    /// <param name="text">One JSON object.</param>
    /// <exception cref="FormatException">It is not JSON, or not a record's.</exception>
    public static Record Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException("the text is not JSON: " + exception.Message, exception);
        }
    }

    /// <summary>Reads a record back.</summary>
    /// <param name="element">A JSON object.</param>
    /// <exception cref="FormatException">It is not an object, a key stands twice, a number is not finite, or a null has no reason.</exception>
    public static Record Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("a record is a JSON object, not " + element.ValueKind);
        }

        int nulls = 0;
        bool beside = false;
        foreach (var property in element.EnumerateObject())
        {
            nulls += property.Value.ValueKind == JsonValueKind.Null ? 1 : 0;
            beside |= property.NameEquals("why_missing");
        }

        string? reasons = nulls == 0 ? null : beside ? "why_missing" : "why";
        var record = new Record();
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name == reasons)
            {
                continue;
            }

            if (record.Find(property.Name) is not null)
            {
                throw new FormatException("the key stands twice: " + property.Name);
            }

            record.Add(property.Name, property.Value.ValueKind == JsonValueKind.Null ? Missing(element, reasons!, property.Name) : ReadDatum(property.Value, property.Name));
        }

        return record;
    }

    private static void Write(Utf8JsonWriter writer, Datum datum)
    {
        switch (datum)
        {
            case Datum.Measured { Quantity.Exists: true } measured:
                writer.WriteStartObject();
                writer.WritePropertyName("value");
                Write(writer, measured.Quantity.Value);
                writer.WritePropertyName("error");
                Write(writer, measured.Quantity.Error);
                writer.WriteString("how", Words.Of(measured.Quantity.How));
                writer.WriteEndObject();
                break;
            case Datum.Share share:
                writer.WriteStartObject();
                foreach (var (name, number) in new[] { ("value", share.Value), ("low", share.Low), ("high", share.High) })
                {
                    writer.WritePropertyName(name);
                    Write(writer, number);
                }

                writer.WriteString("how", Words.Of(share.How));
                writer.WriteEndObject();
                break;
            case Datum.Plain plain:
                Write(writer, plain.Value);
                break;
            case Datum.Text text:
                writer.WriteStringValue(text.Value);
                break;
            case Datum.Flag flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case Datum.Nested nested:
                Write(writer, nested.Record);
                break;
            case Datum.Many many:
                writer.WriteStartArray();
                foreach (var item in many.Items)
                {
                    WriteItem(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteItem(Utf8JsonWriter writer, Datum item)
    {
        if (Reason(item) is { } why)
        {
            writer.WriteStartObject();
            writer.WriteNull("value");
            writer.WriteString("why", why);
            writer.WriteEndObject();
        }
        else
        {
            Write(writer, item);
        }
    }

    // The sentence of what does not exist; null for what does.
    private static string? Reason(Datum datum) => datum switch
    {
        Datum.Measured measured => measured.Quantity.Why,
        Datum.Absent absent => absent.Why,
        _ => null,
    };

    private static Datum.Measured Missing(JsonElement element, string reasons, string key)
    {
        string? why = null;
        if (element.TryGetProperty(reasons, out var found))
        {
            why = found.ValueKind switch
            {
                JsonValueKind.String when key == "value" => found.GetString(),
                JsonValueKind.Object when found.TryGetProperty(key, out var sentence) && sentence.ValueKind == JsonValueKind.String => sentence.GetString(),
                _ => null,
            };
        }

        return new(Quantity.Missing(why ?? throw new FormatException(key + " is null, and no reason stands beside it")));
    }

    private static Datum ReadDatum(JsonElement element, string key)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                return new Datum.Plain(ReadNumber(element, key));
            case JsonValueKind.String:
                return new Datum.Text(element.GetString()!);
            case JsonValueKind.True or JsonValueKind.False:
                return new Datum.Flag(element.GetBoolean());
            case JsonValueKind.Object:
                return ReadQuantity(element, key) ?? ReadShare(element, key) ?? (Datum)new Datum.Nested(Read(element));
            case JsonValueKind.Array:
                var items = new List<Datum>(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    items.Add(IsLoneAbsence(item) ? Missing(item, "why", "value") : item.ValueKind == JsonValueKind.Null ? throw new FormatException(key + " has a null without a reason") : ReadDatum(item, key));
                }

                return new Datum.Many(items);
            default:
                throw new FormatException(key + " is null, and no reason stands beside it");
        }
    }

    private static double ReadNumber(JsonElement element, string key) =>
        element.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw new FormatException(key + " is not a finite number: " + element.GetRawText());

    // Null for a record.
    private static Datum? ReadQuantity(JsonElement element, string key)
    {
        if (element.GetPropertyCount() == 3
            && element.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number
            && element.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Number
            && element.TryGetProperty("how", out var how) && how.ValueKind == JsonValueKind.String && Words.ReadHow(how.GetString()) is { } origin)
        {
            double size = ReadNumber(error, key);
            return size >= 0 ? new Datum.Measured(Quantity.Of(ReadNumber(value, key), size, origin)) : throw new FormatException(key + " has a negative error");
        }

        return null;
    }

    // Null for a record.
    private static Datum.Share? ReadShare(JsonElement element, string key) =>
        element.GetPropertyCount() == 4
        && element.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number
        && element.TryGetProperty("low", out var low) && low.ValueKind == JsonValueKind.Number
        && element.TryGetProperty("high", out var high) && high.ValueKind == JsonValueKind.Number
        && element.TryGetProperty("how", out var how) && how.ValueKind == JsonValueKind.String && Words.ReadHow(how.GetString()) is { } origin
            ? new(ReadNumber(value, key), ReadNumber(low, key), ReadNumber(high, key), origin)
            : null;

    private static bool IsLoneAbsence(JsonElement item) => item.ValueKind == JsonValueKind.Object && item.GetPropertyCount() == 2
        && item.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Null && item.TryGetProperty("why", out var why) && why.ValueKind == JsonValueKind.String;
}
