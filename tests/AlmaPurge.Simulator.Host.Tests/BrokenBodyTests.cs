using System.Net;
using AlmaPurge.Simulator.Host.Forwarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AlmaPurge.Simulator.Host.Tests;

/// <summary>A body that breaks off is sent as far as it goes, and then the line is cut.</summary>
public sealed class BrokenBodyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_there_is_arrives_and_the_rest_does_not(bool hasLength)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging();
        await using WebApplication app = builder.Build();
        app.Run(context => AlmaForwarder.AnswerAsync(
            context, new HttpResponseMessage { Content = new BreakingContent(hasLength) }, CancellationToken.None));
        await app.StartAsync();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using HttpClient client = new();

        using HttpResponseMessage response =
            await client.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead);
        Stream body = await response.Content.ReadAsStreamAsync();
        byte[] start = new byte[BreakingContent.Start.Length];
        await body.ReadExactlyAsync(start);
        Assert.Equal(BreakingContent.Start, start);
        await Assert.ThrowsAnyAsync<IOException>(() => body.ReadExactlyAsync(new byte[1]).AsTask());
    }

    private sealed class BreakingContent(bool hasLength) : HttpContent
    {
        public static byte[] Start { get; } = [.. "{\"user\":["u8];

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Start);
            throw new IOException("The line was cut.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 1_000;
            return hasLength;
        }
    }
}
