namespace AlmaPurge.Simulator.Generation;

/// <summary>
/// Chance of one patron's own, from the seed and the patron's number: who is made differently moves nobody else.
/// </summary>
internal static class PersonChance
{
    public static Random Of(int seed, int number)
    {
        // Random with neighbouring seeds begins alike, so the two numbers are mixed well first (SplitMix64).
        ulong mixed = unchecked(((ulong)(uint)seed << 32) + (uint)number + 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return new Random((int)((mixed ^ (mixed >> 31)) & int.MaxValue));
    }
}
