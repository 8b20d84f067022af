// What a command's picture says of itself: its description names the charts that are there.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;
using Thalweg.Tests.Drawing;
using Xunit;

namespace Thalweg.Tests.Figures;

public class CommandPictureTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("planted=false", false)]
    [InlineData("mixture=0.5 x^3 + 0.5 x^4", false)]
    [InlineData("mixture=x^2 + x^3;planted=true", false)]
    public void Analyze_describes_the_charts_that_it_has(string options, bool diagram)
    {
        string svg = Picture(new AnalyzeRun(), options);
        string description = Description(svg);
        string[] texts = [.. SvgReader.Texts(svg)];
        Assert.Equal(diagram, texts.Any(text => text.Contains("Phase diagram", StringComparison.Ordinal)));
        Assert.Equal(diagram, description.Contains("Phase diagram", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("Spectrum of the Hessian", StringComparison.Ordinal));
        Assert.Contains("Hessian spectrum", description, StringComparison.Ordinal);
        Assert.Contains("omplexity", description, StringComparison.Ordinal);
        Assert.DoesNotContain("bulk shift", description, StringComparison.Ordinal);
        Assert.Contains(texts, text => text.Contains("Energy of gradient flow", StringComparison.Ordinal));
        Assert.Contains("gradient flow", description, StringComparison.Ordinal);
        bool planted = options.Length == 0 || options.EndsWith("planted=true", StringComparison.Ordinal);
        Assert.Equal(planted, texts.Any(text => text.Contains("Overlap with the signal", StringComparison.Ordinal)));
    }

    // Rates far from one would take the dynamics long: it is left out and says so, and the page has no panel for it.
    [Theory]
    [InlineData("delta-p=1e12;inv-delta-2=1e-12")]
    [InlineData("delta-p=1e-6")]
    public void Analyze_leaves_a_long_dynamics_out(string options)
    {
        var run = new AnalyzeRun();
        var set = new ParameterSet(options.Split(';').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
        var outcome = run.Execute(set, RunContext.Default);
        Assert.Contains("run the command dynamics", Assert.IsType<Datum.Absent>(outcome.Result["dynamics"]).Why, StringComparison.Ordinal);
        Assert.Equal(0, run.MemoryForecast(set));
        Assert.DoesNotContain(SvgReader.Texts(CommandPictures.Of(run, set, outcome)!.ToSvg()), text => text.Contains("Energy of gradient flow", StringComparison.Ordinal));
    }

    // The part of the dynamics is the command of the same model, whatever temperature the Langevin threshold is asked at.
    [Theory]
    [InlineData("temperature=0.5", "t=1000;tol=1e-4")]
    [InlineData("inv-delta-2=1.5;planted=false;tol=1e-8", "inv-delta-2=1.5;planted=false;t=10000;tol=1e-4")]
    public void Analyze_has_the_dynamics_of_its_model(string options, string same)
    {
        static Outcome Of(Run run, string options) => run.Execute(new ParameterSet(options.Split(';').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1])), RunContext.Default);
        var page = Of(new AnalyzeRun(), options);
        var alone = Of(new DynamicsRun(), same);
        Assert.Equal(Status.Converged, page.Status);
        Assert.Equal("converged", ((Datum.Text)page.Result.Nested("dynamics")["status"]).Value);
        Assert.Equal(alone.Result.Quantities(), page.Result.Nested("dynamics").Quantities());
        Assert.Equal(alone.Table("times")["energy"].Values, page.Table("times")["energy"].Values);
    }

    // What was drawn stands beside the theory; a single value of theory is no picture.
    [Fact]
    public void The_probe_shows_what_it_measured()
    {
        Assert.Null(CommandPictures.Of(new ProbeRun(), Set("model=spiked;theory=true"), new ProbeRun().Execute(Set("model=spiked;theory=true"), RunContext.Default)));
        string[] retrieval = [.. SvgReader.Texts(Picture(new ProbeRun(), "model=phase-retrieval;n=20,30;trials=2"))], spiked = [.. SvgReader.Texts(Picture(new ProbeRun(), "model=spiked;n=30,40;trials=2;t=5"))];
        Assert.Contains("lowest, instances", retrieval);
        Assert.Contains("edge of the bulk", retrieval);
        Assert.Contains("eq. (5)", spiked);
        Assert.Contains(spiked, text => text.Contains("N = 40", StringComparison.Ordinal));
        Assert.DoesNotContain("lowest, instances", SvgReader.Texts(Picture(new ProbeRun(), "model=phase-retrieval;theory=true;alpha=1:9:5")));

        static ParameterSet Set(string options) => new(options.Split(';').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
    }

    [Theory]
    [InlineData("points=5", false)]
    [InlineData("points=5;quenched=true", true)]
    public void Complexity_describes_the_charts_that_it_has(string options, bool overlaps)
    {
        string svg = Picture(new ComplexityRun(), options);
        Assert.Equal(overlaps, SvgReader.Texts(svg).Any(text => text.Contains("quenched", StringComparison.Ordinal)));
        Assert.Equal(overlaps, Description(svg).Contains("quenched", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("t=2;tol=1e-3", false)]
    [InlineData("t=2;tol=1e-3;m0=linear", true)]
    [InlineData("mixture=0.5 x^3;t=2;tol=1e-3", true)]
    [InlineData("mixture=0.5 x^3;t=2;tol=1e-3;method=uniform", false)]
    public void Dynamics_shows_the_response_of_runs_that_age(string options, bool ages)
    {
        string svg = Picture(new DynamicsRun(), options);
        Assert.Equal(ages, SvgReader.Texts(svg).Any(text => text.Contains("Integrated response", StringComparison.Ordinal)));
        Assert.Equal(ages, SvgReader.Texts(svg).Any(text => text.Contains("ageing theory", StringComparison.Ordinal)));
        Assert.Equal(ages, Description(svg).Contains("integrated response", StringComparison.Ordinal));
    }

    // exact: at {1,2} of three components one eigenvalue is negative and twenty are zero; at a component of the tensor all are positive; without a number there is no picture.
    [Theory]
    [InlineData("problem=psd-factorization;point={1,2}", "strict saddle", true, true, true)]
    [InlineData("problem=psd-factorization;point={1,2};dense-up-to=1", "strict saddle", true, true, true)]
    [InlineData("problem=tensor;point=support 1", "second order", false, false, true)]
    [InlineData("problem=flat-valley;point=valley", "degenerate", false, true, true)]
    public void A_certificate_shows_its_eigenvalues(string options, string kind, bool negative, bool zero, bool positive)
    {
        string[] texts = [.. SvgReader.Texts(Picture(new CertifyRun(), options))];
        Assert.Contains(kind, texts);
        Assert.Equal((negative, zero, positive), (texts.Contains("negative"), texts.Contains("zero"), texts.Contains("positive")));
    }

    private static string Picture(Run run, string options)
    {
        var set = new ParameterSet(options.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
        return CommandPictures.Of(run, set, run.Execute(set, RunContext.Default))!.ToSvg();
    }

    private static string Description(string svg) => SvgReader.Root(svg).Element(SvgReader.Svg + "desc")!.Value;
}
