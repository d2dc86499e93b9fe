AlmaPurge.Benchmarks.ImportBenchmark.Run();
