using AlmaPurge.Benchmarks;

// "import" or "check" runs one of them, nothing runs both.
string only = args.FirstOrDefault("");
if (only is "" or "import")
{
    ImportBenchmark.Run();
}

if (only is "" or "check")
{
    await CheckBenchmark.RunAsync().ConfigureAwait(false);
}
