// Writes a manifest as JSON and reads it back, saying in one sentence what is wrong with a damaged one.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;

namespace Thalweg.Results.Storage;

/// <summary>The JSON text of a <see cref="Manifest"/>.</summary>
/// <remarks>
/// Keys: format, command, parameters { name: value text }, hash, version, commit (or null), processor, cores, kernel, system, runtime, seed (or null), started and stopped (UTC, ISO 8601), wall_s, peak_mb,
/// status, sentence, result, files [{ name, bytes, sha256 }] and last complete: true. The reader passes over keys it does not know.
/// </remarks>
public static class ManifestJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <summary>Writes a manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Manifest manifest, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        using var json = new Utf8JsonWriter(stream, RecordJson.Indented);
        json.WriteStartObject();
        json.WriteNumber("format", Manifest.LatestFormat);
        json.WriteString("command", manifest.Command);
        json.WriteStartObject("parameters");
        foreach (var (name, value) in manifest.Parameters)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteString("hash", manifest.Hash);
        json.WriteString("version", manifest.Machine.Version);
        json.WriteString("commit", manifest.Machine.Commit);
        json.WriteString("processor", manifest.Machine.Processor);
        json.WriteNumber("cores", manifest.Machine.Cores);
        json.WriteString("kernel", manifest.Machine.Kernel);
        json.WriteString("lapack", manifest.Machine.Lapack);
        json.WriteString("system", manifest.Machine.System);
        json.WriteString("runtime", manifest.Machine.Runtime);
        if (manifest.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }
        else
        {
            json.WriteNull("seed");
        }

        json.WriteString("started", Time(manifest.Started));
        json.WriteString("stopped", Time(manifest.Stopped));
        json.WritePropertyName("wall_s");
        RecordJson.Write(json, manifest.WallSeconds);
        json.WritePropertyName("peak_mb");
        RecordJson.Write(json, manifest.PeakMegabytes);
        json.WriteString("status", Words.Of(manifest.Status));
        json.WriteString("sentence", manifest.Sentence);
        json.WritePropertyName("result");
        RecordJson.Write(json, manifest.Result);
        json.WriteStartArray("files");
        foreach (var file in manifest.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("complete", true);
        json.WriteEndObject();
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">It is malformed: one sentence that names the file and what is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Manifest Read(string path) => Read(File.ReadAllBytes(path), path);

    /// <summary>Reads a manifest.</summary>
    /// <param name="bytes">The text in UTF-8.</param>
    /// <param name="name">The name of the file, for the sentence of a failure.</param>
    /// <exception cref="FormatException">It is malformed: one sentence that names the file and what is wrong.</exception>
    public static Manifest Read(ReadOnlyMemory<byte> bytes, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{name} is not complete JSON: it breaks off or is damaged in line {exception.LineNumber + 1}", exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            throw new FormatException($"{name} is not a manifest: {exception.Message}", exception);
        }
    }

    private static Manifest Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is " + root.ValueKind + ", not an object");
        }

        long format = Whole(root, "format");
        if (format is < 1 or > Manifest.LatestFormat)
        {
            throw new FormatException($"its format is {format}, and this version reads 1 to {Manifest.LatestFormat}");
        }

        if (!root.TryGetProperty("complete", out var complete) || complete.ValueKind != JsonValueKind.True)
        {
            throw new FormatException("it does not say that the run is complete");
        }

        var result = Need(root, "result", JsonValueKind.Object);
        return new()
        {
            Command = Text(root, "command"),
            Parameters = Parameters(root),
            Hash = Text(root, "hash"),
            Machine = new(Text(root, "version", "unknown"), OptionalText(root, "commit"), Text(root, "processor", "unknown"), (int)Whole(root, "cores", 0),
                Text(root, "kernel", "unknown"), Text(root, "system", "unknown"), Text(root, "runtime", "unknown")) { Lapack = OptionalText(root, "lapack") },
            Seed = root.TryGetProperty("seed", out var seed) && seed.ValueKind != JsonValueKind.Null ? Seed(seed) : null,
            Started = Time(root, "started"),
            Stopped = Time(root, "stopped"),
            WallSeconds = Number(root, "wall_s"),
            PeakMegabytes = Number(root, "peak_mb"),
            Status = Words.ReadStatus(Text(root, "status")) ?? throw new FormatException("status is none of converged, not_converged, limit, cancelled: " + Text(root, "status")),
            Sentence = Text(root, "sentence", string.Empty),
            Result = RecordJson.Read(result),
            Files = Files(root),
        };
    }

    private static List<KeyValuePair<string, string>> Parameters(JsonElement root)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in Need(root, "parameters", JsonValueKind.Object).EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String || !names.Add(property.Name))
            {
                throw new FormatException("the parameter " + property.Name + " is not text or stands twice");
            }

            parameters.Add(new(property.Name, property.Value.GetString()!));
        }

        return parameters;
    }

    private static List<ManifestFile> Files(JsonElement root)
    {
        var files = new List<ManifestFile>();
        foreach (var element in Need(root, "files", JsonValueKind.Array).EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("an entry of files is not an object");
            }

            var file = new ManifestFile(Text(element, "name"), Whole(element, "bytes"), Text(element, "sha256"));
            if (!RunPlace.IsFileName(file.Name) || file.Bytes < 0 || file.Sha256.Length != 64 || !Leftovers.IsHexadecimal(file.Sha256))
            {
                throw new FormatException($"the entry of the file '{file.Name}' has no plain name, no size or no hash");
            }

            files.Add(file);
        }

        return files;
    }

    private static JsonElement Need(JsonElement element, string key, JsonValueKind kind) =>
        !element.TryGetProperty(key, out var found) ? throw new FormatException("the key " + key + " is missing")
        : found.ValueKind != kind ? throw new FormatException($"{key} is {found.ValueKind}, not {kind}")
        : found;

    private static string Text(JsonElement element, string key) => Need(element, key, JsonValueKind.String).GetString()!;

    private static string Text(JsonElement element, string key, string otherwise) => OptionalText(element, key) ?? otherwise;

    private static string? OptionalText(JsonElement element, string key) => element.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null ? Text(element, key) : null;

    private static long Whole(JsonElement element, string key) =>
        Need(element, key, JsonValueKind.Number).TryGetInt64(out long value) ? value : throw new FormatException(key + " is not a whole number");

    private static long Whole(JsonElement element, string key, long otherwise) => element.TryGetProperty(key, out _) ? Math.Clamp(Whole(element, key), 0, int.MaxValue) : otherwise;

    private static ulong Seed(JsonElement seed) => seed.ValueKind == JsonValueKind.Number && seed.TryGetUInt64(out ulong value) ? value : throw new FormatException("seed is not a whole number >= 0");

    private static double Number(JsonElement element, string key) =>
        !element.TryGetProperty(key, out _) ? 0
        : Need(element, key, JsonValueKind.Number).TryGetDouble(out double value) && double.IsFinite(value) ? value
        : throw new FormatException(key + " is not a finite number");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonElement element, string key) =>
        DateTimeOffset.TryParseExact(Text(element, key), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new FormatException(key + " is not a time such as 2019-07-18T12:00:00Z");
}
