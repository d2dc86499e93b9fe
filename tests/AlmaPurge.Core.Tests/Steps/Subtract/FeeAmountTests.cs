using System.Globalization;
using System.Text;
using AlmaPurge.Core.Steps.Subtract;
using AlmaPurge.Core.Tables;

namespace AlmaPurge.Core.Tests.Steps.Subtract;

public sealed class FeeAmountTests
{
    [Theory]
    [InlineData("12.50", "12.50")]
    [InlineData("0", "0")]
    [InlineData("-5.00", "-5.00")]
    [InlineData("12,50", "12.50")]
    [InlineData("1,234.56", "1234.56")]
    [InlineData("1.234,56", "1234.56")]
    [InlineData("1 234,56", "1234.56")]
    [InlineData("1\u00A0234,56", "1234.56")]
    [InlineData("1'234.56", "1234.56")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("1,234", "1234")]
    [InlineData("1.234", "1234")]
    [InlineData("0.750", "0.750")]
    [InlineData("0,750", "0.750")]
    [InlineData("$12.50", "12.50")]
    [InlineData("12,50 €", "12.50")]
    [InlineData("USD 12.50", "12.50")]
    [InlineData("12.50 USD", "12.50")]
    [InlineData("Fr. 12.50", "12.50")]
    [InlineData("(5.00)", "-5.00")]
    [InlineData("$(5.00)", "-5.00")]
    [InlineData("-$5.00", "-5.00")]
    [InlineData("5.00-", "-5.00")]
    [InlineData("\u22125.00", "-5.00")]
    [InlineData("+5.00", "5.00")]
    [InlineData(".75", "0.75")]
    [InlineData("5.", "5")]
    public void Amount_is_read(string text, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("lots")]
    [InlineData("12-50")]
    [InlineData("1E5")]
    [InlineData("12.50 and 3.00")]
    [InlineData("--5")]
    [InlineData("#N/A")]
    [InlineData("5/6")]
    public void What_is_no_amount_is_not_taken_for_one(string text) => Assert.Null(Parse(text));

    [Fact]
    public void Number_of_a_workbook_has_a_point() => Assert.Equal(1.234m, FeeAmount.Parse("1.234"u8, CellKind.Number));

    private static decimal? Parse(string text) => FeeAmount.Parse(Encoding.UTF8.GetBytes(text), CellKind.Text);
}
