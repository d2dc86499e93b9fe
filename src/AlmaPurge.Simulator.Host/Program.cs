using AlmaPurge.Simulator.Host;

return await CommandLine.RunAsync(args).ConfigureAwait(false);
