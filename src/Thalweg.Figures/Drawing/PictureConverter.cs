// From SVG text to a PNG or PDF file, by a converter that the machine has: rsvg-convert, else Chromium.
using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;

namespace Thalweg.Figures.Drawing;

/// <summary>How a conversion ended.</summary>
/// <param name="Done">Whether the file stands.</param>
/// <param name="Sentence">What a user should know when it does not; empty when it does.</param>
public readonly record struct Conversion(bool Done, string Sentence);

/// <summary>Makes PNG and PDF files from SVG text.</summary>
public static class PictureConverter
{
    private const int TimeLimitSeconds = 60;

    private static readonly string[] Programs = ["rsvg-convert", "chromium", "chromium-browser", "google-chrome"];

    /// <summary>The full path of the converter that would be used; null when there is none.</summary>
    /// <param name="searchPath">Folders to look in, as in PATH; null means PATH itself.</param>
    public static string? Find(string? searchPath = null)
    {
        searchPath ??= Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        foreach (string program in Programs)
        {
            foreach (string folder in searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            {
                string file = Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program);
                if (Path.IsPathFullyQualified(file) && File.Exists(file))
                {
                    return file;
                }
            }
        }

        return null;
    }

    /// <summary>Converts a picture; the destination appears complete or not at all.</summary>
    /// <param name="svg">The picture, drawn in a plain theme (<see cref="Theme.Light"/> or <see cref="Theme.Dark"/>).</param>
    /// <param name="destination">The file, ending in .png or .pdf.</param>
    /// <param name="scale">Pixels of a PNG for each pixel of the SVG.</param>
    /// <param name="searchPath">Folders to look in for a converter, as in PATH; null means PATH itself.</param>
    /// <returns>Whether it is done; else a sentence: no converter and the package to install, a failure of the converter, a folder that cannot be written.</returns>
    /// <exception cref="ArgumentException">The destination ends in neither .png nor .pdf, or the scale is not between 0.1 and 20.</exception>
    public static Conversion Convert(string svg, string destination, double scale = 2, string? searchPath = null)
    {
        ArgumentNullException.ThrowIfNull(svg);
        ArgumentNullException.ThrowIfNull(destination);
        string extension = Path.GetExtension(destination).ToLowerInvariant();
        if (extension is not (".png" or ".pdf"))
        {
            throw new ArgumentException("a picture is converted to .png or .pdf, not to \"" + extension + "\"", nameof(destination));
        }

        if (!(scale is >= 0.1 and <= 20))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "the scale of a PNG is 0.1 to 20");
        }

        if (Find(searchPath) is not { } program)
        {
            return new(false, $"no converter for {extension[1..]} is installed: install the package librsvg2-bin (it brings rsvg-convert), or use the SVG file");
        }

        destination = Path.GetFullPath(destination);
        string draft = destination + "." + Guid.NewGuid().ToString("N")[..8], source = draft + ".src.svg", made = draft + ".tmp" + extension;
        try
        {
            string? failure = Path.GetFileName(program).StartsWith("rsvg", StringComparison.Ordinal)
                ? WithRsvg(program, svg, source, made, extension, scale)
                : WithChromium(program, svg, source = draft + ".src.html", made, extension, scale);
            if (failure is not null)
            {
                return new(false, failure);
            }

            File.Move(made, destination, overwrite: true);
            return new(true, string.Empty);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return new(false, $"{destination} was not written: {failure.Message}");
        }
        finally
        {
            Remove(source);
            Remove(made);
        }
    }

    private static string? WithRsvg(string program, string svg, string source, string made, string extension, double scale)
    {
        File.WriteAllText(source, svg, new UTF8Encoding(false));
        var start = new ProcessStartInfo(program);
        start.ArgumentList.Add("--format");
        start.ArgumentList.Add(extension[1..]);
        if (extension == ".png")
        {
            start.ArgumentList.Add("--zoom");
            start.ArgumentList.Add(scale.ToString(CultureInfo.InvariantCulture));
        }

        start.ArgumentList.Add("--output");
        start.ArgumentList.Add(made);
        start.ArgumentList.Add(source);
        return Run(start, made);
    }

    private static string? WithChromium(string program, string svg, string source, string made, string extension, double scale)
    {
        string width = SizeOf(svg, "width"), height = SizeOf(svg, "height");
        File.WriteAllText(source, $"<!doctype html><meta charset=\"utf-8\"><style>@page{{size:{width}px {height}px;margin:0}}body{{margin:0}}svg{{display:block}}</style>{svg}", new UTF8Encoding(false));
        var start = new ProcessStartInfo(program);
        start.ArgumentList.Add("--headless");
        start.ArgumentList.Add("--disable-gpu");
        start.ArgumentList.Add("--hide-scrollbars");
        start.ArgumentList.Add("--no-pdf-header-footer");
        if (Environment.UserName == "root")
        {
            // Chromium refuses to start its sandbox for root; the page is our own and loads nothing.
            start.ArgumentList.Add("--no-sandbox");
        }

        start.ArgumentList.Add("--force-device-scale-factor=" + scale.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add($"--window-size={width},{height}");
        start.ArgumentList.Add((extension == ".png" ? "--screenshot=" : "--print-to-pdf=") + made);
        start.ArgumentList.Add(new Uri(source).AbsoluteUri);
        return Run(start, made);
    }

    // The whole pixels that hold the picture; our own files state their size at the root.
    private static string SizeOf(string svg, string name)
    {
        int at = svg.IndexOf(" " + name + "=\"", StringComparison.Ordinal), from = at + name.Length + 3, to = at < 0 ? -1 : svg.IndexOf('"', from);
        bool known = to > from & double.TryParse(to > from ? svg.AsSpan(from, to - from) : [], NumberStyles.Float, CultureInfo.InvariantCulture, out double size) && size is > 0 and < 20000;
        return ((int)Math.Ceiling(known ? size : 800)).ToString(CultureInfo.InvariantCulture);
    }

    private static string? Run(ProcessStartInfo start, string made)
    {
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = true;
        start.UseShellExecute = false;
        start.Environment["SOURCE_DATE_EPOCH"] = "0";   // the same picture gives the same file
        string name = Path.GetFileName(start.FileName);
        var words = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (words)
            {
                if (words.Length < 400)
                {
                    words.Append(line.Data).Append(' ');
                }
            }
        };
        process.Start();
        process.StandardInput.Close();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        if (!process.WaitForExit(TimeSpan.FromSeconds(TimeLimitSeconds)))
        {
            process.Kill(entireProcessTree: true);
            return $"{name} took longer than {TimeLimitSeconds} s and was stopped";
        }

        process.WaitForExit();
        lock (words)
        {
            return process.ExitCode == 0 && File.Exists(made) ? null : $"{name} failed with exit code {process.ExitCode}: {words.ToString().Trim()}";
        }
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A leftover beside the destination harms nothing, and the answer about the conversion matters more.
        }
    }
}
