// A run's pictures as files: SVG with its making inside, PNG and PDF where a converter is installed.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Thalweg.Results.Storage;

namespace Thalweg.Cli;

internal static class PictureFiles
{
    internal static (IReadOnlyList<RunFile> Files, string Note) Of(IReadOnlyList<(string Name, Page Page)> pictures, string[] formats, string commandLine, string dataHash, Theme theme = Theme.Light)
    {
        var files = new List<RunFile>();
        string note = string.Empty;
        foreach (var (name, page) in pictures)
        {
            string svg = page.ToSvg(theme, new PictureMetadata { { "command", commandLine }, { "version", Machine.Here.Version }, { "data_sha256", dataHash }, { "picture", name } });
            if (formats.Contains("svg"))
            {
                files.Add(RunFile.Of(name + ".svg", svg));
            }

            foreach (string format in formats.Where(format => format != "svg"))
            {
                string place = Path.Combine(Path.GetTempPath(), $"thalweg-{Guid.NewGuid():N}.{format}");
                try
                {
                    var conversion = PictureConverter.Convert(svg, place);
                    if (conversion.Done)
                    {
                        files.Add(new RunFile($"{name}.{format}", File.ReadAllBytes(place)));
                    }
                    else
                    {
                        note = conversion.Sentence;
                    }
                }
                finally
                {
                    if (File.Exists(place))
                    {
                        File.Delete(place);
                    }
                }
            }
        }

        return (files, note);
    }
}
