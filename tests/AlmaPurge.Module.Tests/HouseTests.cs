using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AlmaPurge.Module.Tests;

/// <summary>Who may know whom, and what the staged module is made of.</summary>
public sealed partial class HouseTests
{
    private const string Engine = "System.Management.Automation";

    [Theory]
    [InlineData("AlmaPurge.Model")]
    [InlineData("AlmaPurge.Core", "AlmaPurge.Model")]
    [InlineData("AlmaPurge.Simulator")]
    [InlineData("AlmaPurge.Simulator.Host", "AlmaPurge.Simulator")]
    [InlineData("AlmaPurge", "AlmaPurge.Model", "AlmaPurge.Core", "AlmaPurge.Simulator")]
    [InlineData("AlmaPurge.Rehearsal", "AlmaPurge.Core", "AlmaPurge.Simulator")]
    public void A_project_knows_no_more_of_ours_than_it_may(string project, params string[] allowed)
    {
        XDocument file = XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));

        string[] known = [.. file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))];

        Assert.Empty(known.Except(allowed));
    }

    [Theory]
    [InlineData("AlmaPurge.Model", "")]
    [InlineData("AlmaPurge.Core", "AlmaPurge.Model")]
    [InlineData("AlmaPurge.Simulator", "")]
    public void A_library_is_built_without_the_engine_and_the_others(string assembly, string allowed)
    {
        IReadOnlyList<string> references =
            AssemblyFacts.References(Path.Combine(Repository.Staged, "bin", assembly + ".dll"));

        Assert.DoesNotContain(Engine, references);
        Assert.Empty(references.Where(static name => name.StartsWith("AlmaPurge", StringComparison.Ordinal))
            .Except(allowed.Split(' ')));
    }

    [Fact]
    public void The_model_needs_no_package()
    {
        XDocument file = XDocument.Load(
            Path.Combine(Repository.Root, "src", "AlmaPurge.Model", "AlmaPurge.Model.csproj"));

        Assert.Empty(file.Descendants("PackageReference"));
    }

    [Fact]
    public void The_manifest_exports_each_cmdlet_and_nothing_else()
    {
        string list = ExportPattern().Match(Repository.Manifest).Groups[1].Value;
        IEnumerable<string> exported = QuotedPattern().Matches(list).Select(static match => match.Groups[1].Value);

        Assert.Equal(
            AssemblyFacts.Cmdlets(Path.Combine(Repository.Staged, "bin", "AlmaPurge.dll")).Order(),
            exported.Order());
    }

    [Fact]
    public void What_is_staged_is_what_was_built()
    {
        string staged = Path.Combine(Repository.Staged, "bin");

        Assert.False(File.Exists(Path.Combine(staged, Engine + ".dll")));
        Assert.Equal(
            Directory.GetFiles(Path.Combine(Repository.Root, "src", "Module"), "*.ps*1*").Select(Path.GetFileName).Order(),
            Directory.GetFiles(Repository.Staged, "*.ps*1*").Select(Path.GetFileName)
                .Except(["AlmaPurge.psd1"]).Order());
        Assert.All(
            ["AlmaPurge", "AlmaPurge.Core", "AlmaPurge.Model", "AlmaPurge.Simulator"],
            name => Assert.True(File.Exists(Path.Combine(staged, name + ".dll")), name));
    }

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\(([^)]*)\)")]
    private static partial Regex ExportPattern();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex QuotedPattern();
}
