// Bad input: exit code 2, one line that says what, the value, the allowed range and the nearest fix; nothing printed, nothing written.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Thalweg.Cli;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class BadInputTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    // The words of a call, separated by blanks, and parts of the sentence, separated by bars.
    [Theory]
    [InlineData("analyze --p 2", "--p 2: p must be an integer >= 3|p = 2 makes the tensor a second matrix: use --mixture")]
    [InlineData("hessian --p 3.5", "--p 3.5: p must be an integer >= 3")]
    [InlineData("hessian --p 101", "--p 101|<= 100")]
    [InlineData("phase --delta-p 0", "--delta-p 0: must be a number in [1e-12, 1e12]|the nearest is 1e-12")]
    [InlineData("analyze --delta-p 0", "--delta-p 0: must be a number in [1e-12, 1e12]|the nearest is 1e-12")]
    [InlineData("analyze --delta-p -1", "--delta-p -1: must be a number in [1e-12, 1e12]|the nearest is 1e-12")]
    [InlineData("analyze --delta-p 1e13", "--delta-p 1e13|[1e-12, 1e12]|the nearest is 1e12")]
    [InlineData("phase --delta-p nan", "--delta-p nan: must be a number in [1e-12, 1e12]")]
    [InlineData("analyze --delta-p nan", "--delta-p nan: must be a number in [1e-12, 1e12]")]
    [InlineData("analyze --delta-p inf", "--delta-p inf: must be a number in [1e-12, 1e12]")]
    [InlineData("analyze --delta-p 1,5", "--delta-p 1,5: one number is wanted|[1e-12, 1e12]|did you mean 1.5?")]
    [InlineData("hessian --delta-p 1,5,7", "one number is wanted|not a list or a range|such as 1")]
    [InlineData("hessian --inv-delta-2 1:3:41", "--inv-delta-2 1:3:41: one number is wanted|[1e-12, 1e12]|not a list or a range|such as 1")]
    [InlineData("phase --tol 1e-20", "--tol 1e-20: below double precision, the smallest useful is 1e-12")]
    [InlineData("phase --tol 1", "--tol 1|[1e-12, 0.1]|the nearest is 0.1")]
    [InlineData("hessian --overlap 1", "--overlap 1: must be a number strictly between -1 and 1|at m = 1 there is a single point")]
    [InlineData("complexity --overlap -1", "--overlap -1: must be a number strictly between -1 and 1")]
    [InlineData("hessian --points 1", "--points 1: must be an integer from 2 to 100000")]
    [InlineData("complexity --energy-range 1", "--energy-range 1: must be two numbers first:last|-1.85:-1.75")]
    [InlineData("complexity --energy-range 1:0", "--energy-range 1:0|swap them")]
    [InlineData("complexity --inv-delta-2 1:3", "--inv-delta-2 1:3|first:last:count|1:3:41")]
    [InlineData("complexity --inv-delta-2 1:3:0", "--inv-delta-2 1:3:0|count|integer >= 1")]
    [InlineData("complexity --inv-delta-2 1,,2", "--inv-delta-2 1,,2|[1e-12, 1e12]")]
    [InlineData("phase --threads 0", "--threads 0: must be an integer from 1 to 1024")]
    [InlineData("phase --seed -1", "--seed -1: must be an integer from 0 to 2^53")]
    [InlineData("phase --max-memory much", "--max-memory much: must be a number of bytes from 1M to 1000T, for example 8G")]
    [InlineData("phase --formats jpg", "--formats jpg: must be a list of svg, png, pdf")]
    [InlineData("phase --formats svgg", "did you mean svg?")]
    [InlineData("phase --mixture x^3 --p 3", "--mixture and --p contradict each other")]
    [InlineData("phase --mixture x^3 --delta-p 1", "--mixture and --delta-p contradict each other")]
    [InlineData("phase --mixture -x^3", "--mixture -x^3|coefficients must be >= 0")]
    [InlineData("phase --mixture x", "power 2 or more")]
    [InlineData("analyze --inv-delta-2 2 --delta-2 1", "--delta-2 and --inv-delta-2 contradict each other: give one of them")]
    [InlineData("analyze --planted --no-planted", "--planted and --no-planted contradict each other: give one of them")]
    [InlineData("complexity --trials 5", "--trials needs --n, without which it has no effect|leave out --trials")]
    [InlineData("complexity --trials 400 --quenched", "--trials needs --n")]
    [InlineData("complexity --indices 3", "--indices needs --at-energy, without which it has no effect|leave out --indices")]
    [InlineData("complexity --indices 3 --n 2 --trials 5", "--indices needs --at-energy")]
    [InlineData("hessian --overlap", "--overlap needs a value: a number in (-1, 1)|hessian --help")]
    [InlineData("hessian --p --delta-p 1", "--p needs a value: an integer from 3 to 100")]
    [InlineData("hessian --overlap 0.1 --overlap 0.2", "--overlap is given 2 times: give it once")]
    [InlineData("hessian --json=false", "false")]
    [InlineData("hessian 3", "hessian does not know what to do with \"3\"|--p 3")]
    [InlineData("hessian -- --p 3", "--p stands after --|leave out --")]
    [InlineData("hessian --ovrlap 0", "no option --ovrlap of hessian; did you mean --overlap?|hessian --help")]
    [InlineData("phase --delta 1", "no option --delta of phase; did you mean --delta-p?")]
    [InlineData("phase --overlap 0", "no option --overlap of phase")]
    [InlineData("info --out x", "no option --out of info")]
    [InlineData("fase", "there is no command \"fase\"; did you mean phase?|--help")]
    [InlineData("Phase", "there is no command \"Phase\"; did you mean phase?")]
    [InlineData("levelset --n 100", "there is no command \"levelset\"")]
    [InlineData("dynamics --m0 0", "m = 0 never leaves; use --m0 1e-10, --m0 linear, or --no-planted")]
    [InlineData("dynamics --m0 -0.1", "must be > 0")]
    [InlineData("dynamics --m0 liner", "did you mean linear?")]
    [InlineData("dynamics --no-planted --m0 0.1", "--m0 has no effect: nothing is planted")]
    [InlineData("dynamics --m0 0.1 --like-n 100", "--m0 and --like-n contradict each other")]
    [InlineData("dynamics --t 10 --at 1,20", "--at 20: must be a time up to --t 10")]
    [InlineData("dynamics --initial-temperature 1", "must be above")]
    [InlineData("dynamics --tol 1e-20", "[1e-10, 0.01]")]
    [InlineData("dynamics --method uniform --t 1000", "--method log")]
    [InlineData("dynamics --steps 20", "leave out --steps, or use --method uniform")]
    [InlineData("dynamics --method uniform --steps 7", "an integer from 8 to 10000")]
    [InlineData("dynamics --method uniform --m0 linear", "--method log")]
    [InlineData("dynamics --method uniform --t 3 --at 1.5", "leave out --at, or use --method log")]
    [InlineData("threshold --delta-2 1", "--delta-2: the threshold in Delta_2 is what threshold measures")]
    [InlineData("threshold --inv-delta-2=2", "--inv-delta-2: the threshold in Delta_2 is what threshold measures")]
    [InlineData("threshold --tol 1e-9", "[1e-4, 0.1]")]
    [InlineData("threshold --mixture x^2+x^3", "nothing is planted: there is no signal to find; add --planted")]
    [InlineData("threshold --no-planted", "nothing is planted: there is no signal to find; leave out --no-planted")]
    [InlineData("threshold --mixture x+x^3 --planted", "a linear field pulls every start toward the signal")]
    [InlineData("threshold --mixture x^2 --planted", "without a tensor the landscape has no spurious minima")]
    [InlineData("threshold --mixture x^3 --planted --p 3", "a mixture is the whole model: leave out --p")]
    [InlineData("threshold --p 2", "p must be an integer >= 3")]
    [InlineData("dynamics --mixture x^1+x^3 --planted --m0 linear", "linear term")]
    [InlineData("levelset --n 100 --trials 3", "there is no command \"levelset\"")]
    [InlineData("[suggest] phase", "[suggest]")]
    [InlineData("[diagram]", "[diagram]")]
    [InlineData("-", "there is no option -")]
    [InlineData("@file", "there is no command \"@file\"")]
    [InlineData("/etc/passwd", "there is no command \"/etc/passwd\"")]
    [InlineData("phase @file", "@file")]
    [InlineData("reproduce fig9", "id fig9: must be one of fig1|did you mean fig1 or")]
    [InlineData("completion tcsh", "shell tcsh: must be one of bash, zsh, fish")]
    [InlineData("completion", "completion needs the shell to complete in: one of bash, zsh, fish")]
    [InlineData("verify", "verify needs the run folder")]
    [InlineData("compare one", "compare needs the")]
    [InlineData("verify nowhere", "there is no run folder")]
    [InlineData("replot nowhere.svg", "there is no run folder")]
    [InlineData("eq 0", "number 0: must be an integer from 1 to")]
    [InlineData("cite dynamic", "command dynamic: must be one of|did you mean dynamics?")]
    public void Says_what_is_wrong(string words, string parts)
    {
        string line = place.Refused(words.Split(' '));
        Assert.All(parts.Split('|'), part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    public static IEnumerable<TheoryDataRow<string>> Hostile() =>
        new[]
        {
            string.Empty, " ", "\t\n", "a\0b", "\u001b[31mred\u0007", "line\nbreak\r\n", new string('a', 20_000), new string('9', 5_000), "𝔼é∞", "\ud800", "１", "--", "-", "---p", "@/etc/passwd", "/etc/passwd", "../../etc/passwd", "'; rm -rf *", "$(id)", "%s%n",
        }.Select(text => new TheoryDataRow<string>(text));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_text_is_refused_wherever_it_stands(string text)
    {
        place.Refused(text is "--" ? "-- x" : text);
        place.Refused("hessian", "--" + text + "x");
        place.Refused("hessian", "--overlap", text);
        place.Refused("hessian", "--overlap=" + text);
        place.Refused("phase", "--delta-p", "1," + text);
        place.Refused("phase", "--mixture", text);
        place.Refused("phase", "--formats", text);
        place.Refused("verify", text);
        place.Refused("replot", text);
        place.Refused("compare", text, text);
        place.Refused("reproduce", text is "" or "--" ? "?" : text);
        place.Refused("hessian", text is "--" or " " or "\t\n" or "" ? "?" : text);
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("a/../../out")]
    [InlineData("/thalweg-never")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData(".")]
    public void A_confined_program_stays_in_its_folder(string path)
    {
        Assert.Contains("is not below", place.Refused("hessian", "--out", path), StringComparison.Ordinal);
        place.Refused("verify", path);
        place.Refused("replot", path);
        place.Refused("compare", path, path);
        Assert.False(Directory.Exists("/thalweg-never"));
    }

    [Fact]
    public void A_mistake_in_the_last_word_costs_nothing()
    {
        var answer = place.Call("phase", "--delta-p", "1:3:100000", "--tol", "1e-20");
        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.True(answer.Time < TimeSpan.FromSeconds(5), "took " + answer.Time);
        Assert.Empty(place.Content);
    }

    [Fact]
    public void No_word_at_all_prints_the_help()
    {
        var answer = place.Call().Ends(ExitCode.Done);
        Assert.All(CommandLine.Runs, run => Assert.Contains("  " + run.Command, answer.Output, StringComparison.Ordinal));
        Assert.Equal(answer.Output, place.Call("--help").Ends(ExitCode.Done).Output);
    }

    [Fact]
    public void Help_gives_domain_and_default_of_each_option()
    {
        foreach (var run in CommandLine.Runs)
        {
            string help = string.Join(' ', place.Call(run.Command, "--help").Ends(ExitCode.Done).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.All(run.Parameters.Where(parameter => !parameter.IsFlag), parameter =>
            {
                Assert.Contains(parameter.Domain, help, StringComparison.Ordinal);
                Assert.True(parameter.Default is null || help.Contains("default " + parameter.Default, StringComparison.Ordinal), parameter.Name + " hides its default");
            });
        }

        Assert.Empty(place.Content);
    }

    [Fact]
    public void Every_default_lies_in_its_domain()
    {
        var parameters = CommandLine.Runs.SelectMany(run => run.Parameters).Concat(CommandLine.FolderCommands.SelectMany(command => command.Parameters)).Concat(Thalweg.Runs.CommonParameters.All);
        Assert.All(parameters.Where(parameter => parameter.Default is not null), parameter => Assert.Equal(parameter.Canonical(parameter.Default!), parameter.Canonical(parameter.Canonical(parameter.Default!))));
    }
}
