using System.Xml.Linq;
using Newtonsoft.Json.Linq;

namespace AlmaPurge.Simulator.Tests.Users;

public sealed class EmbeddedUserAccountTests() : UserAccountTests(new EmbeddedDoor());

/// <summary>Loans, requests, fees and the other lists of a user.</summary>
public abstract class UserAccountTests(ITestDoor door) : EndpointTests(door)
{
    private void Fill()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec
        {
            PrimaryId = "a/1",
            OpenLoans = 12,
            OpenRequests = 5,
            Fees =
            [
                new("OVERDUEFINE", "ACTIVE", 10m, 10m), new("CREDIT", "ACTIVE", -10m, -10m),
                new("OVERDUEFINE", "INDISPUTE", 4m, 4m), new("OVERDUEFINE", "CLOSED", 0m, 4m),
            ],
        });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "none" });
    }

    [Fact]
    public async Task Fees_come_by_status_without_pages_and_the_sum_nets_credits()
    {
        Fill();
        JObject active = await Client.GetAsync("users/a%2F1/fees?limit=1");
        Assert.Equal(2, active["fee"]!.Count());
        Assert.Equal(0m, active["total_sum"]!.Value<decimal>());
        Assert.Equal("USD", active["currency"]!.ToString());
        foreach (string status in (string[])["INDISPUTE", "CLOSED"])
        {
            JObject page = await Client.GetAsync("users/a%2F1/fees?status=" + status);
            Assert.Equal(status, Assert.Single(page["fee"]!)["status"]!["value"]!.ToString());
        }

        JObject empty = await Client.GetAsync("users/none/fees?status=EXPORTED");
        Assert.Equal(
            """{"total_record_count":0,"total_sum":0,"currency":null}""",
            empty.ToString(Newtonsoft.Json.Formatting.None).Replace("0.0", "0", StringComparison.Ordinal));
        Assert.Equal("401666", await Client.GetErrorAsync("users/a%2F1/fees?status=PAID"));
        Assert.Equal("401651", await Client.GetErrorAsync("users/nobody/fees"));
    }

    [Fact]
    public async Task Loans_are_active_unless_asked_otherwise_and_paged()
    {
        Fill();
        JObject page = await Client.GetAsync("users/a%2F1/loans?limit=5&offset=10&expand=renewable");
        Assert.Equal(2, page["item_loan"]!.Count());
        Assert.Equal(12, page["total_record_count"]!.Value<int>());
        Assert.True(page["item_loan"]![0]!["renewable"]!.Value<bool>());
        JObject down = await Client.GetAsync("users/a%2F1/loans?order_by=due_date&direction=DESC&limit=2");
        Assert.True(string.CompareOrdinal(
            down["item_loan"]![0]!["due_date"]!.ToString(), down["item_loan"]![1]!["due_date"]!.ToString()) > 0);
        Assert.Equal(
            0, (await Client.GetAsync("users/a%2F1/loans?loan_status=Complete"))["total_record_count"]!.Value<int>());
        Assert.Equal("40166411", await Client.GetErrorAsync("users/a%2F1/loans?loan_status=Lost"));
        Assert.Equal("40166411", await Client.GetErrorAsync("users/a%2F1/loans?order_by=weight"));
        Assert.Equal("401861", await Client.GetErrorAsync("users/nobody/loans"));
        Assert.Equal("401890", await Client.GetErrorAsync("users/nobody/loans?user_id_type=BARCODE"));
    }

    [Fact]
    public async Task Requests_come_by_type_and_status()
    {
        Fill();
        JObject all = await Client.GetAsync("users/a%2F1/requests");
        Assert.Equal(5, all["total_record_count"]!.Value<int>());
        JObject booked = await Client.GetAsync("users/a%2F1/requests?request_type=BOOKING");
        Assert.Equal("BOOKING", Assert.Single(booked["user_request"]!)["request_type"]!.ToString());
        Assert.Null((await Client.GetAsync("users/a%2F1/requests?status=history"))["user_request"]);
        Assert.Equal("40166411", await Client.GetErrorAsync("users/a%2F1/requests?request_type=WISH"));
        Assert.Equal("40166411", await Client.GetErrorAsync("users/a%2F1/requests?status=lost"));
        Assert.Equal("401890", await Client.GetErrorAsync("users/nobody/requests"));
    }

    [Fact]
    public async Task Lists_are_their_own_wrapper_in_xml()
    {
        Fill();
        XElement loans = await Client.GetXmlAsync("users/a%2F1/loans");
        Assert.Equal(("item_loans", "12"), (loans.Name.LocalName, loans.Attribute("total_record_count")!.Value));
        Assert.Equal(10, loans.Elements("item_loan").Count());
        XElement fees = await Client.GetXmlAsync("users/a%2F1/fees");
        Assert.Equal(2, fees.Elements("fee").Count());
        Assert.Equal("USD", fees.Attribute("currency")!.Value);
        Assert.Equal(5, (await Client.GetXmlAsync("users/a%2F1/requests")).Elements("user_request").Count());
    }

    [Fact]
    public async Task Nobody_has_purchase_requests_or_deposits()
    {
        Fill();
        foreach (string list in (string[])["purchase-requests", "deposits"])
        {
            JObject page = await Client.GetAsync("users/none/" + list);
            Assert.Equal("""{"total_record_count":0}""", page.ToString(Newtonsoft.Json.Formatting.None));
        }

        Assert.Equal("60275", await Client.GetErrorAsync("users/none/purchase-requests?status=LOST"));
        Assert.Equal("401890", await Client.GetErrorAsync("users/nobody/purchase-requests"));
        Assert.Equal("402238", await Client.GetErrorAsync("users/nobody/deposits"));
    }

    [Fact]
    public async Task Personal_data_hold_the_user_and_all_lists()
    {
        Fill();
        JObject data = await Client.GetAsync("users/a%2F1/personal-data");
        Assert.Equal("a/1", data["user"]!["primary_id"]!.ToString());
        Assert.Equal((12, 5, 4), (data["item_loan"]!.Count(), data["user_request"]!.Count(), data["fee"]!.Count()));
        Assert.Equal("401861", await Client.GetErrorAsync("users/nobody/personal-data"));
    }

    [Fact]
    public async Task Staff_signed_in_yesterday()
    {
        UseEmpty();
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "s1", RecordType = "STAFF" });
        Simulator.AddUser(new SimulatedUserSpec { PrimaryId = "p1" });
        const string Path = "users/staff-login-report?login_date_from=2026-11-01&login_date_to=";
        JObject report = await Client.GetAsync(Path + "2026-11-21");
        Assert.Equal("s1", Assert.Single(report["login_event"]!)["primary_id"]!.ToString());
        Assert.Null((await Client.GetAsync(Path + "2026-11-20"))["login_event"]);
        Assert.Null((await Client.GetAsync(Path + "2026-11-21&successful=failed-login-attempts"))["login_event"]);
        Assert.Equal("40166411", await Client.GetErrorAsync(Path + "yesterday"));
        Assert.Equal("40166411", await Client.GetErrorAsync("users/staff-login-report?successful=maybe"));
    }
}
