using System.Text;
using AlmaPurge.Core.Steps.Import;

namespace AlmaPurge.Core.Tests.Steps.Import;

public sealed class PatronIdTests : ImportTestBase
{
    [Theory]
    [InlineData("00266600", "00266600")]
    [InlineData("a.smith@example.org", "A.Smith@EXAMPLE.org")]
    [InlineData("a.öztürk@uni/42", "A.ÖZTÜRK@UNI/42")]
    [InlineData("ПЁТР", "пётр")]
    [InlineData("", "")]
    public void Same_ids_have_the_same_hash(string one, string other)
    {
        Assert.True(AreSame(one, other));
        Assert.Equal(Hash(one), Hash(other));
    }

    [Theory]
    [InlineData("266600", "00266600")]
    [InlineData("abc@", "abc`")]
    [InlineData("[x", "{x")]
    [InlineData("straße", "STRASSE")]
    [InlineData("12345678", "12345678 ")]
    [InlineData("p\u0430ul", "paul")]
    public void Different_ids_are_different(string one, string other) => Assert.False(AreSame(one, other));

    [Fact]
    public void No_letter_beyond_ASCII_is_the_other_case_of_one_within()
    {
        // The hash takes plain ASCII apart from all else, which is right only as long as this holds.
        for (int letter = 'A'; letter <= 'z'; letter++)
        {
            for (int other = 0x80; other <= char.MaxValue; other++)
            {
                if (string.Equals(((char)letter).ToString(), ((char)other).ToString(), StringComparison.OrdinalIgnoreCase))
                {
                    Assert.Fail($"U+{other:X4} is the other case of {(char)letter}");
                }
            }
        }
    }

    [Fact]
    public void Ids_of_one_hash_are_neither_merged_nor_lost()
    {
        // Differ in nothing but a bit that the hash does not look at.
        string[] ids = ["a@1", "a`1", "A@1", "[x]", "{x}", "^y", "~y"];
        Assert.Equal(Hash(ids[0]), Hash(ids[1]));
        string path = Write("Primary Identifier,Status\n" + string.Concat(ids.Select(i => $"{i},Active\n")));

        (_, List<AlmaPurgeCandidate> candidates) = Import(path);

        Assert.Equal(["a@1", "a`1", "[x]", "{x}", "^y", "~y"], candidates.Select(c => c.PrimaryId));
    }

    [Fact]
    public void Many_ids_are_told_apart_as_a_dictionary_tells_them_apart()
    {
        Random random = new(42);
        string[] ids = [.. Enumerable.Range(0, 60_000).Select(_ => RandomId(random))];
        string path = Write("Primary Identifier,Status\n" + string.Concat(ids.Select(i => $"{i},Active\n")));

        (_, List<AlmaPurgeCandidate> candidates) = Import(path);

        Assert.Equal(ids.Distinct(StringComparer.OrdinalIgnoreCase), candidates.Select(c => c.PrimaryId));
        Assert.InRange(candidates.Count, 1000, ids.Length - 1000);
    }

    private static string RandomId(Random random)
    {
        const string letters = "0123456789abAB@.-öÖ";
        return "x" + string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => letters[random.Next(letters.Length)])) + "x";
    }

    private static bool AreSame(string one, string other) =>
        PatronId.AreSame(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static uint Hash(string id) => PatronId.Hash(Encoding.UTF8.GetBytes(id));
}
