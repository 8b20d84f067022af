// Addresses of pages: what goes in comes out, and nothing else gets in.
using System;
using System.Collections.Generic;
using Thalweg.Figures;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;
using Thalweg.Runs.Rates;
using Thalweg.Web;
using Xunit;

namespace Thalweg.Tests.Web;

public class PermalinkTests
{
    [Fact]
    public void Every_run_comes_back_from_its_address()
    {
        foreach (var run in RunCatalog.All)
        {
            var given = new Dictionary<string, string>();
            foreach (var parameter in run.Parameters)
            {
                if (Needed(parameter) is { } value)
                {
                    given[parameter.Name] = value;
                }
            }

            string address = Permalink.Of(run, new ParameterSet(given));
            var (again, set) = Permalink.Read(address, RunCatalog.All);
            Assert.Same(run, again);
            Assert.Equal(address, Permalink.Of(again, set));
        }
    }

    // Parameters without a default.
    private static string? Needed(Parameter parameter) =>
        parameter == (Parameter)EquationRun.Number ? "5"
        : parameter == (Parameter)ProblemParameters.Problem ? "tensor"
        : parameter == (Parameter)CertifyRun.Point ? "random"
        : parameter == (Parameter)ProbeRun.ModelName ? ProbeRun.Spiked
        : parameter == (Parameter)RatesRun.Law ? RatesRun.Dimension
        : null;

    [Fact]
    public void Mixtures_and_lists_survive()
    {
        var run = new ComplexityRun();
        var set = new ParameterSet(new Dictionary<string, string> { ["mixture"] = "0.5 x^3 + 0.5 x^4", ["at-energy"] = "-1.5,-1.6", ["planted"] = "true" });
        string address = Permalink.Of(run, set);
        Assert.DoesNotContain(' ', address);
        var (_, back) = Permalink.Read(address, RunCatalog.All);
        Assert.Equal("0.5 x^3 + 0.5 x^4", back.Get(ModelParameters.Mixture));
        Assert.Equal([-1.5, -1.6], back.Get(ComplexityRun.AtEnergy));
        Assert.True(ModelParameters.Read(back).Model.IsPlanted);
    }

    // A form sends every box, ticked or not: a flag that is "false" is off, in the run, in its address and on its command line.
    [Theory]
    [InlineData("/complexity?quenched=false&points=5", "quenched", "--quenched")]
    [InlineData("/complexity?planted=true&no_planted=false&points=5", "no_planted", "--no-planted")]
    [InlineData("/phase?delta_p=1&planted=true&no_planted=false", "no_planted", "--no-planted")]
    public void A_flag_that_is_false_is_off(string address, string key, string option)
    {
        var (run, set) = Permalink.Read(address, RunCatalog.All);
        Assert.DoesNotContain(key, Permalink.Of(run, set), StringComparison.Ordinal);
        Assert.DoesNotContain(option, new Ingredient(run, set).CommandLine, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Execute(set, RunContext.Default).Tables, table => table.Name == "overlaps");
    }

    [Theory]
    [InlineData("planted=false", false)]
    [InlineData("no_planted=true", false)]
    [InlineData("planted=false&no_planted=true", false)]
    [InlineData("planted=true&no_planted=false", true)]
    [InlineData("no_planted=false", true)]
    [InlineData("", true)]
    public void A_signal_is_there_or_not_in_every_spelling(string flags, bool planted)
    {
        foreach (string page in new[] { "/hessian?", "/phase?delta_p=1&", "/complexity?points=5&", "/analyze?" })
        {
            var (run, set) = Permalink.Read(page + flags, RunCatalog.All);
            var (again, back) = Permalink.Read(Permalink.Of(run, set), RunCatalog.All);
            Assert.Equal(planted, run is PhaseRun ? again.Execute(back, RunContext.Default).Result.Rows("rows")[0].Quantity("delta2_gf").Exists : ModelParameters.Read(back).Model.IsPlanted);
            Assert.Equal(Permalink.Of(run, set), Permalink.Of(run, Permalink.Read(page + (planted ? string.Empty : "no_planted=true"), RunCatalog.All).Set));
        }

        Assert.Throws<BadInputException>(() => ModelParameters.Read(Permalink.Read("/hessian?planted=false&no_planted=false", RunCatalog.All).Set));
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/hessian?q=3")]
    [InlineData("/hessian?p=3&p=4")]
    [InlineData("/hessian?%3Cscript%3E=1")]
    public void Foreign_addresses_are_refused(string address) => Assert.Throws<BadInputException>(() => Permalink.Read(address, RunCatalog.All));

    [Fact]
    public void Endless_addresses_are_refused() => Assert.Throws<BadInputException>(() => Permalink.Read("/hessian?p=" + new string('3', 10_000), RunCatalog.All));

    [Fact]
    public void Values_are_checked_with_the_sentences_of_the_command_line()
    {
        var (_, set) = Permalink.Read("/hessian?p=2", RunCatalog.All);
        var refusal = Assert.Throws<BadInputException>(() => ModelParameters.Read(set));
        Assert.Contains("use --mixture", refusal.Message);
    }
}
