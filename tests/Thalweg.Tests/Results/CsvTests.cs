// Tables as CSV: quoting, empty cells, words for codes, and numbers that read back to the same bits.
using System;
using System.Globalization;
using System.Linq;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Xunit;

namespace Thalweg.Tests.Results;

public class CsvTests
{
    [Fact]
    public void A_table_is_written_as_RFC_4180_says()
    {
        var table = new Table("t",
            new Column("energy", [-0.5, 1e-7, 1.0 / 3], [true, false, true]),
            Column.Coded("kind", [0, 1, 2], ["extensive", "index one, \"saddle\"", "minimum"]),
            Column.Integers("n", [1L << 53, -1, 0]),
            Column.Flags("found", [true, false, true]));
        Assert.Equal("energy,kind,n,found\r\n-0.5,extensive,9007199254740992,true\r\n,\"index one, \"\"saddle\"\"\",-1,false\r\n0.3333333333333333,minimum,0,true\r\n", Csv.ToText(table));
    }

    [Fact]
    public void Numbers_read_back_to_the_same_bits()
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 5000).Select(_ => RandomResults.Number(random))];
        string[] lines = Csv.ToText(new("t", new Column("x", values))).Split("\r\n");
        Assert.Equal(values.Length + 2, lines.Length);
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), lines[1..^1].Select(line => BitConverter.DoubleToInt64Bits(double.Parse(line, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Empty_tables_have_a_header() => Assert.Equal("x,y\r\n", Csv.ToText(new("t", new Column("x", []), new Column("y", []))));
}
