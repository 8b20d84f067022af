// reproduce: a number that deviates and a run that does not converge are said, and decide the exit code.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Thalweg.Figures;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Tests.Docs;
using Thalweg.Tests.Drawing;
using Xunit;

namespace Thalweg.Tests.Figures;

public class ReproduceTests
{
    [Theory]
    [InlineData(0, Status.Converged, "reproduced")]
    [InlineData(1e-3, Status.Converged, "deviates")]
    [InlineData(0, Status.NotConverged, "not_converged")]
    public void A_row_tells_what_came_out(double wrong, Status status, string word)
    {
        var outcome = ReproduceRun.Reproduce([new Falsified(FigureCatalog.Find("fig4-left")!, wrong, status)], RunContext.Default, null);
        var row = ((Datum.Nested)Assert.Single(((Datum.Many)outcome.Result.Find("rows")!).Items)).Record;
        Assert.Equal(word, ((Datum.Text)row.Find("status")!).Value);
        Assert.Equal(status, outcome.Status);
        Assert.Equal(wrong != 0, outcome.ChecksFailed);
        Assert.Equal(word != "reproduced", outcome.Sentence.Length > 0);
    }

    // Those that measure.sh reproduces (rows 5.3 and 5.10): minutes together.
    private static readonly string[] Measured = ["energy-levels", "minima-share", "descent-floor", "linear-field", "noise-dimension", "langevin-gap"];

    public static TheoryData<string> OfDynamics => [.. FigureCatalog.All.Where(recipe => recipe.NeedsDynamics).Select(recipe => recipe.Id).Except(Measured)];

    [Fact]
    public void Figures_that_are_not_tested_here_are_measured() => Assert.All(Measured, id => Assert.Matches($"reproduce [^\n]*{id}", Repository.Read("measure.sh")));

    [Theory]
    [MemberData(nameof(OfDynamics))]
    [Trait("Speed", "slow")]
    public void A_figure_of_the_dynamics_is_reproduced(string id)
    {
        string svg = string.Empty;
        var outcome = ReproduceRun.Reproduce([FigureCatalog.Find(id)!], RunContext.Default, (_, page) => svg = page.ToSvg());
        var row = ((Datum.Nested)Assert.Single(((Datum.Many)outcome.Result.Find("rows")!).Items)).Record;
        Assert.True(outcome.Status == Status.Converged && !outcome.ChecksFailed, $"{((Datum.Text)row["status"]).Value}: {((Datum.Text)row["worst"]).Value}");
        Assert.NotEmpty(SvgReader.Texts(svg));

        // A picture that the pages show is the recipe's own.
        string shown = Repository.PathOf($"docs/figures/{id}.svg");
        if (File.Exists(shown))
        {
            Assert.Equal($"thalweg reproduce {id}", PictureMetadata.Read(shown)["command"]);
            Assert.Equal(SvgReader.Texts(svg), SvgReader.Texts(File.ReadAllText(shown)));
        }
    }

    // The figures that need no dynamics are all others, and the whole is said to need the memory of its hungriest run.
    [Fact]
    public void Statics_are_what_needs_no_dynamics()
    {
        ParameterSet Set(string id) => new(new Dictionary<string, string> { [ReproduceRun.Id.Name] = id });
        Assert.Equal(FigureCatalog.All.Except(ReproduceRun.Chosen(Set("statics"))), FigureCatalog.All.Where(recipe => recipe.NeedsDynamics));
        Assert.NotEmpty(OfDynamics);
        long Memory(string id) => new ReproduceRun().MemoryForecast(Set(id));
        Assert.InRange(Memory("fig4-right"), 5 * Memory("statics"), 1L << 31);
        Assert.InRange(Memory("all"), Memory("fig4-right"), 1L << 31);
    }

    // A run within a figure reports its share of the whole, which never falls back on one thread; several report in any order.
    [Fact]
    public void Progress_of_the_whole_grows()
    {
        var shares = new List<double>();
        ReproduceRun.Reproduce(ReproduceRun.Chosen(new ParameterSet(new Dictionary<string, string> { [ReproduceRun.Id.Name] = "statics" })), new RunContext { Threads = 1, Progress = new Watch(shares) }, null);
        Assert.True(shares.Count > 6);
        Assert.Equal(shares.Order(), shares);
        Assert.InRange(shares[^1], 0.5, 1);
    }

    private sealed class Watch(List<double> shares) : IProgress<Progress>
    {
        public void Report(Progress value) => shares.Add(value.Share);
    }

    // A recipe whose expected numbers are shifted, or whose runs end with another status.
    private sealed class Falsified(Recipe recipe, double wrong, Status status) : Recipe
    {
        public override string Id => recipe.Id;

        public override string Caption => recipe.Caption;

        public override IReadOnlyList<int> Equations => recipe.Equations;

        public override IReadOnlyList<Ingredient> Ingredients => [.. recipe.Ingredients.Select(ingredient => ingredient with { Run = new Marked(ingredient.Run, status) })];

        public override Page Draw(IReadOnlyList<Outcome> outcomes) => recipe.Draw(outcomes);

        public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes) => [.. recipe.Checks(outcomes).Select(check => check with { Expected = check.Expected + wrong })];
    }

    private sealed class Marked(Run run, Status status) : Run
    {
        public override string Command => run.Command;

        public override string Summary => run.Summary;

        public override IReadOnlyList<Parameter> Parameters => run.Parameters;

        public override Outcome Execute(ParameterSet set, RunContext context) => run.Execute(set, context) with { Status = status };
    }
}
