// A record as text: one JSON object for scripts, tables for people.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Thalweg.Runs;

namespace Thalweg.Cli;

internal sealed record Report(string Command, IReadOnlyList<(Parameter Parameter, string Text)> Parameters, Outcome Outcome, IReadOnlyList<string> Files, double WallSeconds, string Note)
{
    private const int WidestLine = 220, LongestCell = 100;

    internal void WriteJson(TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, RecordJson.Indented))
        {
            var envelope = new Record
            {
                { "command", Command },
                { "version", Machine.Here.Version },
                { "status", Words.Of(Outcome.Status) },
            };
            var parameters = new Record();
            foreach (var (parameter, text) in Parameters)
            {
                parameters.Add(parameter.Key, parameter.Show(text));
            }

            envelope.Add("parameters", parameters);
            envelope.Add("result", Outcome.Result);
            envelope.Add("files", new Datum.Many([.. Files.Select(file => (Datum)new Datum.Text(file))]));
            envelope.Add("wall_s", Math.Round(WallSeconds, 4));
            envelope.Add("peak_mb", Math.Round(Machine.PeakMegabytes(), 1));
            RecordJson.Write(writer, envelope);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    internal void WriteText(TextWriter output, bool terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!terminal)
        {
            console.Profile.Width = WidestLine;
        }

        WriteRecord(console, Outcome.Result, string.Empty);
        if (Note.Length > 0)
        {
            output.WriteLine(Note);
        }

        if (Files.Count > 0)
        {
            output.WriteLine("files in " + Path.GetDirectoryName(Files[0]));
        }
    }

    private static void WriteRecord(IAnsiConsole console, Record record, string heading)
    {
        if (heading.Length > 0)
        {
            console.WriteLine();
            console.WriteLine(heading);
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        bool any = false;
        foreach (var (key, datum) in record)
        {
            if (datum is not (Datum.Nested or Datum.Many))
            {
                grid.AddRow(new Text("  " + key), new Text(Cell(datum)));
                any = true;
            }
        }

        if (any)
        {
            console.Write(grid);
        }

        foreach (var (key, datum) in record)
        {
            if (datum is Datum.Nested nested)
            {
                WriteRecord(console, nested.Record, key);
            }
            else if (datum is Datum.Many many)
            {
                WriteMany(console, key, many);
            }
        }
    }

    private static void WriteMany(IAnsiConsole console, string key, Datum.Many many)
    {
        var rows = many.Items.OfType<Datum.Nested>().Select(item => item.Record).ToArray();
        if (rows.Length == 0)
        {
            console.WriteLine($"  {key}   {string.Join(", ", many.Items.Select(Cell))}");
            return;
        }

        console.WriteLine();
        if (rows.Length == 1 || rows.Any(row => row.Any(entry => Short(entry.Value).Length > LongestCell)))
        {
            foreach (var row in rows)
            {
                WriteRecord(console, row, rows.Length == 1 ? key : " ");
            }

            return;
        }

        var columns = rows.SelectMany(row => row.Where(entry => entry.Value is not (Datum.Nested or Datum.Many)).Select(entry => entry.Key)).Distinct().ToArray();
        var table = new Spectre.Console.Table().Border(TableBorder.Simple);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)).NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow(columns.Select(column => (Spectre.Console.Rendering.IRenderable)new Text(row.Find(column) is { } datum ? Short(datum) : string.Empty)));
        }

        console.Write(table);
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
        {
            foreach (var (inner, datum) in row)
            {
                if (datum is Datum.Many list)
                {
                    WriteMany(console, $"{key}[{i}].{inner}", list);
                }
            }
        }
    }

    private static string Cell(Datum datum) => datum switch
    {
        Datum.Measured { Quantity.Exists: true } measured => Number(measured.Quantity) + (measured.Quantity.Error > 0 ? $" ± {measured.Quantity.Error.ToString("0e+00", CultureInfo.InvariantCulture)}" : string.Empty),
        Datum.Measured measured => "none: " + measured.Quantity.Why,
        Datum.Absent absent => "none: " + absent.Why,
        Datum.Share share => string.Create(CultureInfo.InvariantCulture, $"{share.Value:G4} in [{share.Low:G3}, {share.High:G3}]"),
        _ => Short(datum),
    };

    private static string Short(Datum datum) => datum switch
    {
        Datum.Measured { Quantity.Exists: true } measured => Number(measured.Quantity),
        Datum.Measured or Datum.Absent => "-",
        Datum.Share share => share.Value.ToString("G4", CultureInfo.InvariantCulture),
        Datum.Plain plain => plain.Value.ToString("G10", CultureInfo.InvariantCulture),
        Datum.Text text => text.Value,
        Datum.Flag flag => flag.Value ? "yes" : "no",
        _ => string.Empty,
    };

    // As many digits as the error allows, twelve at most.
    private static string Number(Quantity quantity)
    {
        double value = quantity.Value;
        if (value == 0 || quantity.Error == 0)
        {
            return value.ToString("G12", CultureInfo.InvariantCulture);
        }

        double digits = Math.Floor(Math.Log10(Math.Abs(value))) - Math.Floor(Math.Log10(quantity.Error)) + 1;
        return value.ToString("G" + Math.Clamp((int)digits, 1, 12).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
