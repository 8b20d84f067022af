// What holds for every JSON answer: the envelope, snake_case keys, numbers with their error and origin, null with its reason.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Thalweg.Tests.Cli;

internal static partial class JsonContract
{
    private static readonly string[] Envelope = ["command", "version", "status", "parameters", "result", "files", "wall_s", "peak_mb"];

    private static readonly string[] Statuses = ["converged", "not_converged", "limit", "cancelled"];

    private static readonly string[] Origins = ["closed form", "root", "quadrature", "dynamics", "simulation", "estimate"];

    // Numbers of a result that stand bare: parameters, counts, indices, times.
    private static readonly string[] Plain =
    [
        "delta_p", "inv_delta2", "alpha", "overlap", "energy", "wall_s", "checks", "quantities", "pictures", "count", "equation", "number", "cores", "n", "t", "t_w", "strength", "steps", "rejected", "columns", "trials", "left_out", "k", "converged", "size", "degree", "outside_3", "outside_5", "compared", "memory_mb", "index", "nullity", "starts", "not_found", "products", "censored", "iterations", "evaluations", "edges", "chi_square", "beta", "dimension", "short_falls", "not_reached",
    ];

    /// <summary>The first breach, with its place; null when there is none.</summary>
    public static string? Breach(string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException failure)
        {
            return "standard output is not one JSON value: " + failure.Message;
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.EnumerateObject().Select(property => property.Name).SequenceEqual(Envelope))
            {
                return "the envelope has other keys";
            }

            return !Statuses.Contains(root.GetProperty("status").GetString()) ? "the status is " + root.GetProperty("status")
                : root.GetProperty("files").EnumerateArray().Any(file => file.ValueKind != JsonValueKind.String) ? "files holds something other than paths"
                : root.GetProperty("wall_s").GetDouble() < 0 || root.GetProperty("peak_mb").GetDouble() <= 0 ? "wall_s or peak_mb is not positive"
                : Walk(root.GetProperty("parameters"), "parameters", bare: true) ?? Walk(root.GetProperty("result"), "result", bare: false);
        }
    }

    private static string? Walk(JsonElement element, string place, bool bare)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return IsQuantity(element) ? Quantity(element, place) : element.EnumerateObject().Select(property => Entry(element, property, place, bare)).FirstOrDefault(breach => breach is not null);
            case JsonValueKind.Array:
                return element.EnumerateArray().Select((item, i) => Walk(item, $"{place}[{i}]", bare)).FirstOrDefault(breach => breach is not null);
            case JsonValueKind.Number:
                string last = place[(place.LastIndexOf('.') + 1)..].Split('[')[0];
                return bare || Plain.Contains(last) ? null : place + " is a number without error and origin";
            default:
                return null;
        }
    }

    private static string? Entry(JsonElement owner, JsonProperty property, string place, bool bare)
    {
        string here = place + "." + property.Name;
        return !SnakeCase().IsMatch(property.Name) ? here + " is not snake_case"
            : property.Value.ValueKind == JsonValueKind.Null && !HasReason(owner, property.Name) ? here + " is null without a reason"
            : Walk(property.Value, here, bare);
    }

    private static bool IsQuantity(JsonElement element) => element.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number;

    private static string? Quantity(JsonElement element, string place)
    {
        var keys = element.EnumerateObject().Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        if (keys.SetEquals(["value", "low", "high", "how"]))
        {
            double share = element.GetProperty("value").GetDouble(), low = element.GetProperty("low").GetDouble(), high = element.GetProperty("high").GetDouble();
            return !(0 <= low && low <= share && share <= high && high <= 1) ? place + " is no share inside its interval"
                : !Origins.Contains(element.GetProperty("how").GetString()) ? $"{place} was found by \"{element.GetProperty("how")}\""
                : null;
        }

        return !keys.SetEquals(["value", "error", "how"]) ? place + " has the keys " + string.Join(' ', keys)
            : !(element.GetProperty("error").GetDouble() >= 0) ? place + " has a negative error"
            : !Origins.Contains(element.GetProperty("how").GetString()) ? $"{place} was found by \"{element.GetProperty("how")}\""
            : null;
    }

    private static bool HasReason(JsonElement owner, string key)
    {
        foreach (string name in new[] { "why_missing", "why" })
        {
            if (owner.TryGetProperty(name, out var why))
            {
                string? sentence = why.ValueKind == JsonValueKind.String ? why.GetString() : why.TryGetProperty(key, out var own) ? own.GetString() : null;
                return !string.IsNullOrWhiteSpace(sentence);
            }
        }

        return false;
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();
}
