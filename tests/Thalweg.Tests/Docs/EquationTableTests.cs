// Each numbered equation has its member, its test and its figure: the list that "eq" reads and the table in papers/ are generated here and held.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using Thalweg.Figures;
using Thalweg.Results;
using Thalweg.Runs;
using Xunit;

namespace Thalweg.Tests.Docs;

public class EquationTableTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Assemblies =
        [typeof(global::Thalweg.Numerics.PortableMath).Assembly, typeof(Quantity).Assembly, typeof(Recipe).Assembly, typeof(global::Thalweg.Cli.CommandLine).Assembly];

    // (paper, number, member's full name, its type), ordered.
    private static readonly (string Paper, int Number, string Member, Type Type)[] Members =
    [
        .. Assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMembers(Declared).Where(member => member is not Type).Prepend(type).Select(member => (type, member)))
            .SelectMany(pair => pair.member.GetCustomAttributes<EquationAttribute>().Select(mark => (mark.Paper, mark.Number, Name(pair.type, pair.member), pair.type)))
            .Distinct().OrderBy(item => item.Paper, StringComparer.Ordinal).ThenBy(item => item.Number).ThenBy(item => item.Item3, StringComparer.Ordinal),
    ];

    private static readonly (string Paper, int Number, string Test, Type Type)[] Tests =
    [
        .. typeof(EquationTableTests).Assembly.GetTypes().SelectMany(type => type.GetMethods(Declared).Select(method => (type, method)))
            .SelectMany(pair => pair.method.GetCustomAttributes<TestsEquationAttribute>().Select(mark => (mark.Paper, mark.Number, pair.method.Name, pair.type)))
            .OrderBy(item => item.Paper, StringComparer.Ordinal).ThenBy(item => item.Number).ThenBy(item => item.type.Name + "." + item.Name, StringComparer.Ordinal),
    ];

    [Fact]
    public void An_equation_with_code_has_a_member_and_a_test_and_an_open_one_has_neither()
    {
        foreach (var equation in PaperEquations.All)
        {
            bool member = Members.Any(item => item.Paper == equation.Paper && item.Number == equation.Number);
            bool test = Tests.Any(item => item.Paper == equation.Paper && item.Number == equation.Number);
            string name = $"eq. ({equation.Number}) of {equation.Paper}: ";
            Assert.True(member == equation.IsImplemented, name + (member ? "a member carries its number, but PaperEquations says it is open" : "PaperEquations gives values, but no member carries its number"));
            Assert.True(test == equation.IsImplemented, name + (test ? "a test carries its number, but it is open" : "no test carries its number: mark one with [TestsEquation]"));
        }

        Assert.All(Members.Select(item => (item.Paper, item.Number)).Concat(Tests.Select(item => (item.Paper, item.Number))), item => Assert.NotNull(PaperEquations.Find(item.Paper, item.Number)));
    }

    [Fact]
    public void The_list_that_eq_reads_is_generated()
    {
        const string file = "src/Thalweg/Runs/EquationMembers.cs";
        var lines = Repository.Lines(file).ToList();
        int begin = lines.IndexOf("    ["), end = lines.IndexOf("    ];");
        lines.RemoveRange(begin + 1, end - begin - 1);
        lines.InsertRange(begin + 1, Members.Select(item => $"        (\"{item.Paper}\", {item.Number}, \"{item.Member}\"),"));
        Repository.MustHold(file, string.Join('\n', lines));

        // The compiled list follows with the next build, so that it is compared only when nothing was rewritten.
        if (!Repository.IsUpdating)
        {
            Assert.Equal(Members.Select(item => (item.Paper, item.Number, item.Member)), EquationMembers.All);
        }
    }

    [Fact]
    public void Each_paper_has_its_table()
    {
        foreach (var paper in PaperEquations.All.GroupBy(equation => equation.Paper))
        {
            Repository.MustHold($"papers/{paper.Key}.md", "equations", ["", "| eq. | what it says | computed by | tested by | shown in |", "|---|---|---|---|---|", .. paper.Select(Row), ""]);
        }
    }

    private static string Row(PaperEquation equation)
    {
        var row = new StringBuilder($"| ({equation.Number}) | {equation.Title} | ");
        if (!equation.IsImplemented)
        {
            return row.Append("open: not part of this version | | |").ToString();
        }

        var members = Members.Where(item => item.Paper == equation.Paper && item.Number == equation.Number).Select(item => Link(Short(item.Member), "src", item.Type));
        var tests = Tests.Where(item => item.Paper == equation.Paper && item.Number == equation.Number).Select(item => Link($"{item.Type.Name}.{item.Test}", "tests", item.Type));
        var figures = FigureCatalog.All.Where(recipe => recipe.Equations.Contains(equation.Number)).Select(recipe => $"`{recipe.Id}`");
        return row.Append($"{string.Join("<br>", members)} | {string.Join("<br>", tests)} | {string.Join(", ", figures)} |").ToString();
    }

    private static string Link(string text, string folder, Type type)
    {
        string room = type.Namespace!.Split('.')[^1] + "/";
        string file = Directory.EnumerateFiles(Repository.PathOf(folder), type.Name + ".cs", SearchOption.AllDirectories).Single(path => path.Replace('\\', '/').Contains(room, StringComparison.Ordinal));
        return $"[`{text}`](../{Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')})";
    }

    private static string Name(Type type, MemberInfo member) => member is Type or ConstructorInfo ? type.FullName! : $"{type.FullName}.{member.Name}";

    // The last two words: Type.Member, or Namespace.Type for a type.
    private static string Short(string member)
    {
        string[] words = member.Split('.');
        return Assemblies.Any(assembly => assembly.GetType(member) is not null) ? words[^1] : words[^2] + "." + words[^1];
    }
}
