// Reads our pictures back for the tests: the polylines of a path, the plot area of a chart, the layers between.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace Thalweg.Tests.Drawing;

internal sealed record PathPiece(List<(double X, double Y)> Points, bool Closed);

internal static class SvgReader
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static XElement Root(string svg) => XDocument.Parse(svg).Root!;

    // The group of layers is the one with round joins.
    public static List<XElement> Layers(string svg) => [.. Root(svg).Descendants(Svg + "g").Single(g => g.Attribute("stroke-linejoin") is not null).Elements()];

    // The frame is the first closed piece of the first path after the layers.
    public static (double Left, double Top, double Right, double Bottom) Area(string svg)
    {
        var layers = Root(svg).Descendants(Svg + "g").Single(g => g.Attribute("stroke-linejoin") is not null);
        var frame = Pieces(layers.ElementsAfterSelf(Svg + "path").First())[0].Points;
        return (frame.Min(p => p.X), frame.Min(p => p.Y), frame.Max(p => p.X), frame.Max(p => p.Y));
    }

    public static List<string> Texts(string svg) => [.. Root(svg).Descendants(Svg + "text").Select(text => text.Value)];

    public static List<PathPiece> Pieces(XElement path)
    {
        string data = path.Attribute("d")!.Value;
        List<PathPiece> pieces = [];
        int at = 0;
        char command = ' ';
        double x = 0, y = 0;
        double Next()
        {
            while (data[at] is ' ' or ',')
            {
                at++;
            }

            int from = at++;
            while (at < data.Length && (char.IsAsciiDigit(data[at]) || (data[at] == '.' && !data[from..at].Contains('.', StringComparison.Ordinal))))
            {
                at++;
            }

            return double.Parse(data.AsSpan(from, at - from), NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        while (at < data.Length)
        {
            if (char.IsAsciiLetter(data[at]))
            {
                command = data[at++];
            }

            switch (command)
            {
                case 'M': (x, y) = (Next(), Next()); pieces.Add(new([], false)); break;
                case 'l': (x, y) = (x + Next(), y + Next()); break;
                case 'L': (x, y) = (Next(), Next()); break;
                case 'h': x += Next(); break;
                case 'v': y += Next(); break;
                case 'H': x = Next(); break;
                case 'V': y = Next(); break;
                case 'a':
                    for (int i = 0; i < 5; i++)
                    {
                        Next();
                    }

                    (x, y) = (x + Next(), y + Next());
                    break;
                case 'z': pieces[^1] = pieces[^1] with { Closed = true }; (x, y) = pieces[^1].Points[0]; continue;
                default: throw new FormatException("unknown path command " + command);
            }

            pieces[^1].Points.Add((x, y));
        }

        return pieces;
    }

    public static double AreaOf(PathPiece piece)
    {
        double twice = 0;
        for (int i = 0; i < piece.Points.Count; i++)
        {
            var (a, b) = (piece.Points[i], piece.Points[(i + 1) % piece.Points.Count]);
            twice += a.X * b.Y - b.X * a.Y;
        }

        return Math.Abs(twice) / 2;
    }
}
