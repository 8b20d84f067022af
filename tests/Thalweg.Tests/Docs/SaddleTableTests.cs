// The table of the page on saddles is what its figure measures: each cell comes from a run.
using System.Linq;
using Thalweg.Figures.Saddles;
using Thalweg.Runs;
using Xunit;

namespace Thalweg.Tests.Docs;

public class SaddleTableTests
{
    [Fact]
    [Trait("Speed", "slow")]
    public void Methods_and_saddles()
    {
        var recipe = new SaddleMethods();
        var outcomes = recipe.Ingredients.Select(ingredient => ingredient.Run.Execute(ingredient.Set, RunContext.Default)).ToArray();
        Assert.All(recipe.Checks(outcomes), check => Assert.True(check.Holds, check.Name));
        Repository.MustHold("docs/saddles.md", "methods", ["", .. SaddleMethods.Table(outcomes), ""]);
    }
}
