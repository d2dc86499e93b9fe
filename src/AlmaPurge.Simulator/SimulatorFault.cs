namespace AlmaPurge.Simulator;

/// <summary>A misbehaviour that the simulator can be told to have, for help and completion.</summary>
/// <param name="Name">Its name, as <see cref="SimulatorOptions.Faults"/> takes it.</param>
/// <param name="Description">What it does, in one sentence.</param>
/// <param name="DefaultTrigger">
/// When it strikes if the name stands alone, as one would write it behind the name: <c>:1</c> always, <c>:0.05</c> at a
/// rate, <c>@1</c> at the first occasion.
/// </param>
public sealed record SimulatorFault(string Name, string Description, string DefaultTrigger);
