using AlmaPurge.Benchmarks;

// "import", "pwsh", "check" or "simulator" runs one of them, nothing runs all.
string only = args.FirstOrDefault("");
if (only == ImportBenchmark.OnceCommand)
{
    ImportBenchmark.RunOnce(args[1], args[2]);
    return;
}

if (only is "" or "import")
{
    ImportBenchmark.Run();
}

if (only is "" or "pwsh")
{
    PwshBenchmark.Run();
}

if (only is "" or "check")
{
    await CheckBenchmark.RunAsync().ConfigureAwait(false);
}

if (only is "" or "simulator")
{
    await SimulatorBenchmark.RunAsync().ConfigureAwait(false);
}
