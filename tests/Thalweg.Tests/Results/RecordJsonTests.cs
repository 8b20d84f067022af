// Results as JSON: the shapes of the command-line contract, and the round trip over random trees.
using System;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Xunit;
using Record = Thalweg.Results.Record;

namespace Thalweg.Tests.Results;

public class RecordJsonTests
{
    private static string Line(Record record) => RecordJson.ToText(record, RecordJson.Compact);

    [Fact]
    public void Numbers_have_the_shapes_of_the_contract()
    {
        Assert.Equal("""{"delta2_gf":{"value":0.5,"error":0,"how":"closed form"},"p":3,"n":1000000000000000,"t":0.1,"planted":true,"name":"spiked"}""", Line(new()
        {
            { "delta2_gf", Quantity.Of(0.5, 0, How.ClosedForm) },
            { "p", 3 },
            { "n", 1e15 },
            { "t", 0.1 },
            { "planted", true },
            { "name", "spiked" },
        }));
        Assert.Equal("""{"a":-0,"b":1E-320,"c":1.7976931348623157E+308}""", Line(new() { { "a", -0.0 }, { "b", 1e-320 }, { "c", double.MaxValue } }));
    }

    [Theory]
    [InlineData(How.ClosedForm, "closed form")]
    [InlineData(How.Root, "root")]
    [InlineData(How.Quadrature, "quadrature")]
    [InlineData(How.Dynamics, "dynamics")]
    [InlineData(How.Simulation, "simulation")]
    [InlineData(How.Estimate, "estimate")]
    public void Each_origin_has_its_word(How how, string word) => Assert.Equal($$$"""{"x":{"value":1,"error":2,"how":"{{{word}}}"}}""", Line(new() { { "x", Quantity.Of(1, 2, how) } }));

    [Fact]
    public void Reasons_stand_beside_their_nulls()
    {
        Assert.Equal("""{"outlier":null,"theta":1.5,"m":null,"why":{"outlier":"below the transition","m":"no signal"}}""",
            Line(new() { { "outlier", Quantity.Missing("below the transition") }, { "theta", 1.5 }, { "m", new Datum.Absent("no signal") } }));
        Assert.Equal("""{"regime":{"value":null,"why":"the line is not resolved"}}""", Line(new() { { "regime", new Record { { "value", new Datum.Absent("the line is not resolved") } } } }));
        Assert.Equal("""{"regime":{"value":"hard","why":"between the lines","m":null,"why_missing":{"m":"no signal"}}}""",
            Line(new() { { "regime", new Record { { "value", "hard" }, { "why", "between the lines" }, { "m", Quantity.Missing("no signal") } } } }));
        Assert.Equal("""{"x":[{"value":1,"error":0,"how":"root"},{"value":null,"why":"no root"}]}""", Line(new() { { "x", [Quantity.Of(1, 0, How.Root), Quantity.Missing("no root")] } }));
    }

    [Fact]
    public void Random_trees_come_back_the_same()
    {
        var random = new Random(20190718);
        for (int i = 0; i < 3000; i++)
        {
            var record = RandomResults.Record(random);
            foreach (var options in new[] { RecordJson.Compact, RecordJson.Indented })
            {
                string text = RecordJson.ToText(record, options);
                var back = RecordJson.Parse(text);
                Assert.Null(RandomResults.Difference(new Datum.Nested(record), new Datum.Nested(back)));
                Assert.Equal(text, RecordJson.ToText(back, options));
                Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
                Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"x":null}""")]
    [InlineData("""{"x":null,"why":"a sentence for nobody"}""")]
    [InlineData("""{"x":[null]}""")]
    [InlineData("""{"x":1,"x":2}""")]
    [InlineData("""{"x":1e999}""")]
    [InlineData("""{"x":{"value":1,"error":-1,"how":"root"}}""")]
    public void What_is_no_record_is_refused(string text) => Assert.Throws<FormatException>(() => RecordJson.Parse(text));

    [Fact]
    public void Misuse_is_refused_when_the_record_is_built()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Record { { "x", double.NaN } });
        Assert.Throws<ArgumentException>(() => Line(new() { { "why_missing", 1 } }));
    }
}
