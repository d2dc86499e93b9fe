using AlmaPurge.Core.Alma;
using AlmaPurge.Core.Rules;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Core.Tests.Rules;

/// <summary>What a rule saw is what people read beside each patron who stays.</summary>
public sealed class EvidenceTests
{
    [Theory]
    [InlineData("user_group", "{\"value\":\"GRAD\"}", "user group is GRAD")]
    [InlineData("loans", "{\"value\":2}", "2 open loan(s)")]
    [InlineData("requests", "{\"value\":3}", "3 open request(s)")]
    [InlineData("primary_id", "\"somebody\"", "Alma answered with a user whose primary identifier is another one")]
    [InlineData(
        "user_role",
        "[{\"role_type\":{\"value\":\"52\",\"desc\":\"Instructor\"}},{\"role_type\":{\"value\":\"204\",\"desc\":\"Cataloger\"}},{\"role_type\":{\"value\":\"52\",\"desc\":\"Instructor\"}}]",
        "has the role Instructor, Cataloger")]
    [InlineData(
        "user_block",
        "[{\"block_type\":{\"value\":\"GENERAL\"}},{\"block_type\":{\"value\":\"LOAN\"}},{\"block_type\":{\"value\":\"general\"}}]",
        "has a block of type GENERAL, LOAN")]
    public async Task Finding_says_what_was_seen(string field, string json, string evidence)
    {
        IReadOnlyList<RuleFinding> findings = await LiveRecord.FindingsAsync(user => user[field] = JToken.Parse(json));

        Assert.Equal(evidence, Assert.Single(findings).Evidence);
    }

    [Fact]
    public async Task Run_that_names_nobody_leaves_out_what_may_name_somebody()
    {
        Assert.Equal("linked from another institution (01OTHER)", await EvidenceAsync("source_institution_code", "\"01OTHER\"", false));
        Assert.Equal("linked from another institution", await EvidenceAsync("source_institution_code", "\"01OTHER\"", true));
        Assert.Equal("status cannot be understood: (value not kept)", await EvidenceAsync("status", "{\"value\":\"SLEEPING\"}", true));
        Assert.Equal("user group is GRAD", await EvidenceAsync("user_group", "{\"value\":\"GRAD\"}", true));

        static async Task<string> EvidenceAsync(string field, string json, bool pseudonymize) => Assert.Single(
            await LiveRecord.FindingsAsync(user => user[field] = JToken.Parse(json), c => c with { Pseudonymize = pseudonymize })).Evidence;
    }

    [Fact]
    public void User_whom_Alma_does_not_know_is_told_as_such()
    {
        PatronFacts facts = LiveFactsReader.Facts("p1", null, new DateOnly(2026, 3, 1));

        RuleFinding finding = Assert.Single(RuleBook.Judge(facts, LiveRecord.Criteria()));

        Assert.Equal(("NotFound", "Alma knows no user with this identifier"), (finding.Rule, finding.Evidence));
    }

    [Fact]
    public void Value_of_a_fact_that_is_not_known_cannot_be_asked_for()
    {
        Assert.Contains("Absent", Assert.Throws<InvalidOperationException>(() => Fact<int>.Absent.Value).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => default(Fact<bool>).Value);
        Assert.Throws<InvalidOperationException>(() => Fact<decimal>.Unreadable("0,5").Value);
        Assert.Equal(5, Fact<int>.Known(5).Value);
    }
}
