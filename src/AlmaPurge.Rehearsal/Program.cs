using AlmaPurge.Rehearsal;

return await CommandLine.RunAsync(args).ConfigureAwait(false);
