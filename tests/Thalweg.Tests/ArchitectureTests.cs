// The rooms of the house and whom each may use, held against the using lines of the sources; the table for the docs is printed from here.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Thalweg.Tests.Docs;
using Xunit;

namespace Thalweg.Tests;

public partial class ArchitectureTests
{
    private const int MostFiles = 16, MostLines = 350;

    // Namespace, what lives there, which other namespaces it may use. Every room may use Thalweg.Results and Thalweg.Numerics besides, except those two themselves.
    private static readonly (string Room, string What, string[] MayUse)[] Rooms =
    [
        ("Thalweg.Numerics", "the engine room: portable elementary functions; no word of physics", []),
        ("Thalweg.Numerics.Kernels", "hot loops in vectors, each beside its plain twin with the same bits", []),
        ("Thalweg.Numerics.LinearAlgebra", "dense linear algebra, small and blocked; symmetric and tridiagonal eigenvalues; Lanczos' method", ["Thalweg.Numerics.Kernels", "Thalweg.Numerics.Random", "Thalweg.Numerics.Threads"]),
        ("Thalweg.Numerics.Meshes", "panels of polynomials on logarithmic scales", ["Thalweg.Numerics.LinearAlgebra", "Thalweg.Numerics.Quadrature", "Thalweg.Numerics.Roots"]),
        ("Thalweg.Numerics.Quadrature", "Legendre polynomials, quadrature rules with error estimates", []),
        ("Thalweg.Numerics.Random", "counter-based random numbers whose bits are specified", ["Thalweg.Numerics.Kernels"]),
        ("Thalweg.Numerics.Roots", "bracketed roots with error bounds, first crossings", []),
        ("Thalweg.Numerics.Series", "logarithms without their first terms, free of cancellation; limits of powers, polynomials of least squares, Bessel functions", []),
        ("Thalweg.Numerics.Steppers", "explicit Runge-Kutta methods with error estimates and polynomials between steps, one of them stabilised", ["Thalweg.Numerics.Kernels"]),
        ("Thalweg.Numerics.Threads", "threads that share a loop", []),
        ("Thalweg.Numerics.Statistics", "means with control variates, quantiles from order statistics, fits of linear models", ["Thalweg.Numerics.LinearAlgebra"]),
        ("Thalweg.Results", "quantities with errors, records, tables, statuses, states of long runs: know no solver and no file", []),
        ("Thalweg.Results.Storage", "npz, csv and JSON files, manifests, checkpoints, run folders that are written whole or not at all", ["Thalweg.Results"]),
        ("Thalweg.Models", "Q and its derivatives, the spiked model, mixtures, the catalog, the loss of phase retrieval: definitions, scalar, no arrays", []),
        ("Thalweg.Spectra", "semicircle, outlier, the Hessian of eqs. (6) and (7), that of phase retrieval at a random start; Langevin dynamics of one coordinate: its generator, the matrix of its steps", ["Thalweg.Models"]),
        ("Thalweg.StateEvolution", "the scalar recursions of ML-AMP and Bayes-AMP and their fixed points", ["Thalweg.Models"]),
        ("Thalweg.Complexity", "Kac-Rice: annealed, quenched, by index, exact at finite N; ageing and ground-state energies",
            ["Thalweg.Models", "Thalweg.Spectra", "Thalweg.StateEvolution"]),
        ("Thalweg.Thresholds", "eq. (5), trivialisation, message passing, information-theoretic, Langevin, the phase diagram, the informative direction of phase retrieval",
            ["Thalweg.Models", "Thalweg.Spectra", "Thalweg.StateEvolution", "Thalweg.Complexity"]),
        ("Thalweg.TwoTime", "the equations (8)-(11) as a definition, the solver in ln t, the solver on a uniform grid, observables with global errors", ["Thalweg.Models"]),
        ("Thalweg.TwoTime.Exact", "exact solutions of the two-time equations, which solvers are measured by", ["Thalweg.Models", "Thalweg.TwoTime"]),
        ("Thalweg.Growth", "the growth of an infinitesimal overlap for every strength of the signal, the threshold measured from it", ["Thalweg.Models", "Thalweg.TwoTime"]),
        ("Thalweg.Ageing", "integrated response, effective temperature, weak long-term memory and exponents of a run that ages, and their limits", ["Thalweg.Models", "Thalweg.Complexity", "Thalweg.TwoTime"]),
        ("Thalweg.Geometry", "manifolds: projection, retraction, transport, Hessian conversion", []),
        ("Thalweg.Landscapes", "what an objective is: value and its parts, gradient, Hessian-vector product, planted signal", []),
        ("Thalweg.Instances", "finite-N draws of a model: small with all their stationary points, packed, diluted", ["Thalweg.Models", "Thalweg.Landscapes"]),
        ("Thalweg.Probes", "the Hessian at a point of a landscape: its spectrum, lowest eigenpairs, density, distance to a semicircle", ["Thalweg.Landscapes", "Thalweg.Geometry", "Thalweg.Spectra"]),
        ("Thalweg.Problems", "the laboratory's problems, with their conditions, constants and critical points; phase retrieval at finite N", ["Thalweg.Landscapes", "Thalweg.Geometry", "Thalweg.Models", "Thalweg.Instances", "Thalweg.Problems.Factorization", "Thalweg.Problems.Counterexamples"]),
        ("Thalweg.Problems.Factorization", "matrices by their factors: known, rectangular, measured, seen in part", ["Thalweg.Landscapes", "Thalweg.Geometry", "Thalweg.Problems"]),
        ("Thalweg.Problems.Counterexamples", "small functions, each of which shows what a condition of a theorem is for", ["Thalweg.Landscapes", "Thalweg.Geometry", "Thalweg.Problems"]),
        ("Thalweg.Certificates", "what a point is: strict saddle, second-order point, degenerate, undecided", ["Thalweg.Landscapes", "Thalweg.Geometry", "Thalweg.Probes"]),
        ("Thalweg.MessagePassing", "ML-AMP and Bayes-AMP as algorithms on any drawn landscape", ["Thalweg.Models", "Thalweg.Geometry", "Thalweg.Landscapes"]),
        ("Thalweg.Descent", "what a method of descent is, stopping rules, the catalog of methods", ["Thalweg.Landscapes", "Thalweg.Geometry", "Thalweg.Descent.FirstOrder", "Thalweg.Descent.SecondOrder"]),
        ("Thalweg.Descent.FirstOrder", "gradient flow (eq. 4), gradient descent plain, noisy and perturbed, Langevin dynamics, coordinate, mirror, proximal and quasi-Newton descent, response, trials in parallel", ["Thalweg.Landscapes", "Thalweg.Geometry", "Thalweg.Probes", "Thalweg.Descent"]),
        ("Thalweg.Descent.SecondOrder", "Newton's method: in trust regions and with cubic models, by eigenpairs, in Krylov spaces and by gradient descent; accelerated descent with negative curvature; critical points of any index; certified runs", ["Thalweg.Landscapes", "Thalweg.Geometry", "Thalweg.Probes", "Thalweg.Certificates", "Thalweg.Descent"]),
        ("Thalweg.Runs", "one file a command: its parameters, the sentences of its errors, its work",
            ["Thalweg.Models", "Thalweg.Spectra", "Thalweg.StateEvolution", "Thalweg.Complexity", "Thalweg.Thresholds", "Thalweg.TwoTime", "Thalweg.Growth", "Thalweg.Ageing", "Thalweg.Instances", "Thalweg.Descent.FirstOrder", "Thalweg.Runs.FiniteSize", "Thalweg.Runs.Laboratory", "Thalweg.Runs.Probe", "Thalweg.Runs.Rates"]),
        ("Thalweg.Runs.FiniteSize", "the commands that draw landscapes at finite N: simulate, amp, and the options that they share",
            ["Thalweg.Models", "Thalweg.Spectra", "Thalweg.StateEvolution", "Thalweg.TwoTime", "Thalweg.Ageing", "Thalweg.Geometry", "Thalweg.Landscapes", "Thalweg.Instances", "Thalweg.MessagePassing", "Thalweg.Descent.FirstOrder", "Thalweg.Descent.SecondOrder", "Thalweg.Probes", "Thalweg.Runs"]),
        ("Thalweg.Runs.Laboratory", "the commands of the landscape laboratory: critical-points, certify, check-derivatives, escape, walk, and the options that they share",
            ["Thalweg.Complexity", "Thalweg.Problems", "Thalweg.Certificates", "Thalweg.Probes", "Thalweg.Geometry", "Thalweg.Landscapes", "Thalweg.Descent", "Thalweg.Descent.FirstOrder", "Thalweg.Descent.SecondOrder", "Thalweg.Runs"]),
        ("Thalweg.Runs.Probe", "the command probe: drawn landscapes and where a direction toward the signal opens in them, against theory",
            ["Thalweg.Models", "Thalweg.Spectra", "Thalweg.Thresholds", "Thalweg.Instances", "Thalweg.Runs.FiniteSize", "Thalweg.Problems", "Thalweg.Probes", "Thalweg.Geometry", "Thalweg.Landscapes", "Thalweg.Descent", "Thalweg.Descent.FirstOrder", "Thalweg.Descent.SecondOrder", "Thalweg.Runs"]),
        ("Thalweg.Runs.Rates", "the command rates: what theorems promise of descent and of descent with noise, against measured walks",
            ["Thalweg.Spectra", "Thalweg.Problems", "Thalweg.Landscapes", "Thalweg.Descent", "Thalweg.Descent.FirstOrder", "Thalweg.Runs", "Thalweg.Runs.Laboratory", "Thalweg.Runs.Probe"]),
        ("Thalweg.Figures.Drawing", "charts and pages: what is drawn, knows no physics", ["Thalweg.Figures.Drawing.Svg", "Thalweg.Figures.Drawing.Layers"]),
        ("Thalweg.Figures.Drawing.Layers", "curves, regions, heat maps, marks, notes", ["Thalweg.Figures.Drawing", "Thalweg.Figures.Drawing.Svg"]),
        ("Thalweg.Figures.Drawing.Svg", "the SVG writer", ["Thalweg.Figures.Drawing", "Thalweg.Figures.Drawing.Layers"]),
        ("Thalweg.Figures.Pictures", "from the outcome of a run to its picture", ["Thalweg.Figures.Drawing", "Thalweg.Models", "Thalweg.Problems", "Thalweg.Runs", "Thalweg.Runs.FiniteSize", "Thalweg.Runs.Laboratory", "Thalweg.Runs.Probe", "Thalweg.Runs.Rates"]),
        ("Thalweg.Figures", "a figure is a recipe; the catalog of recipes; the command reproduce", ["Thalweg.Figures.Drawing", "Thalweg.Figures.BigBadMinima2019", "Thalweg.Figures.FiniteSize", "Thalweg.Figures.Laboratory", "Thalweg.Figures.Saddles", "Thalweg.Runs", "Thalweg.Runs.FiniteSize", "Thalweg.Runs.Laboratory", "Thalweg.Runs.Probe", "Thalweg.Runs.Rates"]),
        ("Thalweg.Figures.Laboratory", "figures of spin glasses, rates and the probe: data, drawing, the numbers that test them", ["Thalweg.Figures", "Thalweg.Figures.Drawing", "Thalweg.Figures.Pictures", "Thalweg.Problems", "Thalweg.Runs", "Thalweg.Runs.Laboratory", "Thalweg.Runs.Probe", "Thalweg.Runs.Rates"]),
        ("Thalweg.Figures.Saddles", "figures of saddles and of what leaves them: data, drawing, the numbers that test them", ["Thalweg.Figures", "Thalweg.Figures.Drawing", "Thalweg.Problems", "Thalweg.Problems.Counterexamples", "Thalweg.Descent", "Thalweg.Runs", "Thalweg.Runs.Laboratory"]),
        ("Thalweg.Figures.BigBadMinima2019", "one file a published figure: data, drawing, the numbers that test it", 
            ["Thalweg.Figures", "Thalweg.Figures.Drawing", "Thalweg.Figures.Pictures", "Thalweg.Models", "Thalweg.Spectra", "Thalweg.Complexity", "Thalweg.StateEvolution", "Thalweg.Thresholds", "Thalweg.TwoTime.Exact", "Thalweg.Growth", "Thalweg.Runs", "Thalweg.Runs.FiniteSize"]),
        ("Thalweg.Figures.FiniteSize", "drawn instances beside infinite N: simulations, success, escape times, concentration, end energies", ["Thalweg.Figures", "Thalweg.Figures.Drawing", "Thalweg.Figures.Pictures", "Thalweg.Runs", "Thalweg.Runs.FiniteSize"]),
        ("Thalweg.Web", "addresses that name a run with all its parameters, for the page that this version does not have yet", ["Thalweg.Figures", "Thalweg.Figures.Drawing", "Thalweg.Figures.Pictures", "Thalweg.Runs"]),
        ("Thalweg.Cli", "the command line: words into runs, records into text", ["Thalweg.Web", "Thalweg.Figures", "Thalweg.Figures.Drawing", "Thalweg.Figures.Pictures", "Thalweg.Runs"]),
    ];

    // Rooms that may hold more files, and why.
    private static readonly Dictionary<string, (int Files, string Why)> Larger = new(StringComparer.Ordinal)
    {
        ["Thalweg.Runs"] = (24, "one file a command, and the options that commands share"),
        ["Thalweg.Cli"] = (20, "one file a command that is no run"),
    };

    private static readonly string[] Projects = ["Thalweg.Numerics", "Thalweg", "Thalweg.Figures", "Thalweg.Web", "Thalweg.Cli"];

    private static readonly (string File, string Room, string[] Lines)[] Sources =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.PathOf("src"), file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => (file, file[..file.LastIndexOf('/')].Replace('/', '.'), Repository.Lines("src/" + file))),
    ];

    [Fact]
    public void A_room_uses_what_the_table_allows()
    {
        var known = Rooms.Select(room => room.Room).ToHashSet(StringComparer.Ordinal);
        foreach (var (file, room, lines) in Sources)
        {
            Assert.True(known.Contains(room), $"{file} lies in a room that the table does not know: add it to ArchitectureTests and say what lives there");
            foreach (string used in Uses(room, lines))
            {
                Assert.True(MayUse(room, used), $"{file} uses {used}, which {room} may not: move the code, or change the table and say why in CONTRIBUTING.md");
            }
        }
    }

    [Fact]
    public void Projects_refer_downward_only()
    {
        for (int i = 0; i < Projects.Length; i++)
        {
            var project = XDocument.Load(Repository.PathOf($"src/{Projects[i]}/{Projects[i]}.csproj"));
            foreach (var reference in project.Descendants("ProjectReference"))
            {
                string name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'));
                Assert.InRange(Array.IndexOf(Projects, name), 0, i - 1);
            }
        }

        // The library itself stands on nothing but the platform.
        Assert.Empty(XDocument.Load(Repository.PathOf("src/Thalweg/Thalweg.csproj")).Descendants("PackageReference"));
        Assert.Empty(XDocument.Load(Repository.PathOf("src/Thalweg.Numerics/Thalweg.Numerics.csproj")).Descendants("PackageReference"));
    }

    [Fact]
    public void Files_are_short_begin_with_a_sentence_and_lie_where_their_namespace_says()
    {
        foreach (var (file, room, lines) in Sources)
        {
            Assert.True(Sentence().IsMatch(lines[0]), $"{file} does not begin with one plain sentence, \"// ... .\"");
            Assert.True(lines.Length - 1 <= MostLines, $"{file} has {lines.Length - 1} lines: it has two subjects");
            string? space = lines.FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
            Assert.True(space is null || space == $"namespace {room};", $"{file} declares \"{space}\"");
            Assert.DoesNotContain(lines, line => line.TrimStart().StartsWith("#pragma", StringComparison.Ordinal) || line.TrimStart().StartsWith("#if", StringComparison.Ordinal));
        }
    }

    // What CONTRIBUTING.md says of warnings: none is suppressed where it arises, and each rule that is off stands under a reason.
    [Fact]
    public void Warnings_are_switched_off_for_all_and_with_a_reason()
    {
        Assert.DoesNotContain(Sources.SelectMany(source => source.Lines), line => line.Contains("SuppressMessage(", StringComparison.Ordinal));
        string[] projects = [.. new[] { "src", "tests", "bench" }.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories)), Repository.PathOf("Directory.Build.props")];
        Assert.DoesNotContain(projects, file => File.ReadAllText(file).Contains("NoWarn", StringComparison.Ordinal));
        string[] lines = Repository.Lines(".editorconfig");
        for (int i = 1; i < lines.Length; i++)
        {
            Assert.True(!IsOff(lines[i]) || IsOff(lines[i - 1]) || lines[i - 1].StartsWith("# ", StringComparison.Ordinal), $"{lines[i]} stands under no reason");
        }

        static bool IsOff(string line) => line.StartsWith("dotnet_diagnostic.", StringComparison.Ordinal);
    }

    // MA0011, MA0074 and their like are about cultures: they stand where the culture is spoken of.
    [Fact]
    public void Rules_of_culture_stand_together()
    {
        string[] lines = Repository.Lines(".editorconfig");
        Assert.All(new[] { "MA0011", "CA1305", "MA0076" }, rule =>
        {
            int at = Array.FindIndex(lines, line => line.Contains(rule, StringComparison.Ordinal));
            Assert.Contains("culture", lines[..at].Last(line => line.StartsWith('#')), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Rooms_are_small_and_have_the_names_of_subjects()
    {
        foreach (var room in Sources.GroupBy(source => source.Room))
        {
            int most = Larger.TryGetValue(room.Key, out var larger) ? larger.Files : MostFiles;
            Assert.True(room.Count() <= most, $"{room.Key} has {room.Count()} files, more than {most}: split it by subject");
            Assert.DoesNotContain(room.Key.Split('.'), word => word is "Internal" or "Utils" or "Common" or "Helpers" or "Abstractions");
        }
    }

    [Fact]
    public void The_table_of_rooms_is_printed()
    {
        var lines = new List<string>
        {
            "# The rooms",
            "",
            "Generated from the table in `tests/Thalweg.Tests/ArchitectureTests.cs`, which holds the `using` lines of the sources to it. Every room may use `Thalweg.Results` and `Thalweg.Numerics` besides.",
            "What to do when the table is in the way: [CONTRIBUTING.md](../CONTRIBUTING.md#the-rooms).",
            "",
            "| room | what lives there | may use |",
            "|---|---|---|",
        };
        foreach (var (room, what, mayUse) in Rooms)
        {
            string used = mayUse.Length == 0 ? "-" : string.Join(", ", mayUse.Select(name => name["Thalweg.".Length..]));
            lines.Add($"| {room} | {what} | {used} |");
        }

        string larger = string.Join(" ", Larger.Select(item => $"{item.Key} may hold {item.Value.Files}: {item.Value.Why}."));
        lines.AddRange(["", $"A room holds at most {MostFiles} files, a file at most {MostLines} lines. {larger}", ""]);
        Repository.MustHold("docs/rooms.md", string.Join('\n', lines));
    }

    private static bool MayUse(string room, string used) =>
        used == room || Rooms.First(item => item.Room == room).MayUse.Contains(used)
        || (!room.StartsWith("Thalweg.Numerics", StringComparison.Ordinal) && !room.StartsWith("Thalweg.Results", StringComparison.Ordinal)
            && (used.StartsWith("Thalweg.Numerics", StringComparison.Ordinal) || used.StartsWith("Thalweg.Results", StringComparison.Ordinal)));

    // The using lines, and names that reach into a neighbouring room without one, such as Spectra.Semicircle.
    private static IEnumerable<string> Uses(string room, string[] lines)
    {
        string[] neighbours = [.. Rooms.Select(item => item.Room).Where(item => item.Count(c => c == '.') == 1 && !Projects.Contains(item))];
        bool inLibrary = neighbours.Any(item => room.StartsWith(item, StringComparison.Ordinal));
        foreach (string line in lines)
        {
            if (Using().Match(line) is { Success: true } match)
            {
                yield return match.Groups["room"].Value;
            }
            else if (inLibrary && !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            {
                foreach (string neighbour in neighbours.Where(item => Regex.IsMatch(line, $@"(?<![\w.""]){item["Thalweg.".Length..]}\.[A-Z]\w*\.")))
                {
                    yield return neighbour;
                }
            }
        }
    }

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?(?<room>Thalweg[\w.]*);")]
    private static partial Regex Using();

    [GeneratedRegex(@"^// [A-Z].*[.:!?)]$|^// [A-Za-z].*\.$")]
    private static partial Regex Sentence();
}
