// reproduce: a number that deviates and a run that does not converge are said, and decide the exit code.
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Thalweg.Runs;
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
