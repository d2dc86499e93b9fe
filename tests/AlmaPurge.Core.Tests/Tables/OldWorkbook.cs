using System.Buffers.Binary;
using System.Text;

namespace AlmaPurge.Core.Tests.Tables;

/// <summary>
/// Writes the least that Excel 97-2003 calls a workbook (.xls), since nothing at hand writes one: BIFF8 records in a
/// compound file. A string is a text cell, a number a number, a DateOnly a number in a date format.
/// </summary>
internal static class OldWorkbook
{
    private const int Sector = 512;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint FatSector = 0xFFFFFFFD;

    /// <summary>A workbook of one sheet.</summary>
    public static byte[] Make(params object?[][] rows) => Compound([("Workbook", Records(rows, encrypted: false))]);

    /// <summary>A workbook of Excel 97-2003 that asks for a password.</summary>
    public static byte[] MakeEncrypted() => Compound([("Workbook", Records([["Primary Identifier"]], encrypted: true))]);

    /// <summary>What Excel makes of an .xlsx with a password: the workbook encrypted, inside a compound file.</summary>
    public static byte[] MakeEncryptedPackage()
    {
        const string info =
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="AAAAAAAAAAAAAAAAAAAAAA=="/><dataIntegrity encryptedHmacKey="AAAAAAAAAAAAAAAAAAAAAA==" encryptedHmacValue="AAAAAAAAAAAAAAAAAAAAAA=="/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey spinCount="1000" saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="AAAAAAAAAAAAAAAAAAAAAA==" encryptedVerifierHashInput="AAAAAAAAAAAAAAAAAAAAAA==" encryptedVerifierHashValue="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==" encryptedKeyValue="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="/></keyEncryptor></keyEncryptors></encryption>
            """;
        byte[] head = [4, 0, 4, 0, 0x40, 0, 0, 0];
        byte[] description = Encoding.UTF8.GetBytes(info.PadRight(4096 - head.Length));
        return Compound([("EncryptionInfo", [.. head, .. description]), ("EncryptedPackage", new byte[5000])]);
    }

    private static byte[] Records(object?[][] rows, bool encrypted)
    {
        byte[] globals =
        [
            .. Record(0x0809, [0x00, 0x06, 0x05, 0x00, .. new byte[12]]),
            .. encrypted ? Record(0x002F, [1, 0, 1, 0, 1, 0, .. new byte[48]]) : [],
            .. Record(0x0042, [0xB0, 0x04]),
            .. Format(),
            .. Record(0x00E0, new byte[20]),
            .. Record(0x00E0, [0, 0, 14, 0, .. new byte[16]]),
        ];
        byte[] name = [5, 0, .. "Sheet"u8];
        int sheetAt = globals.Length + 4 + 6 + name.Length + 4;
        byte[] position = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(position, sheetAt);
        return
        [
            .. globals,
            .. Record(0x0085, [.. position, 0, 0, .. name]),
            .. Record(0x000A, []),
            .. Record(0x0809, [0x00, 0x06, 0x10, 0x00, .. new byte[12]]),
            .. Record(0x0200, [.. Int32(0), .. Int32(rows.Length), .. Int16(0), .. Int16(rows.Max(r => r.Length)), 0, 0]),
            .. rows.SelectMany((r, i) => r.SelectMany((v, c) => CellOf(v, i, c))),
            .. Record(0x000A, []),
        ];
    }

    private static byte[] Format() => Record(0x041E, [.. Int16(164), .. Int16(10), 0, .. "yyyy-mm-dd"u8]);

    private static byte[] CellOf(object? value, int row, int column) => value switch
    {
        null => [],
        string text => Record(
            0x0204, [.. Int16(row), .. Int16(column), .. Int16(0), .. Int16(text.Length), 1, .. Encoding.Unicode.GetBytes(text)]),
        DateOnly day => Number(row, column, 1, day.ToDateTime(TimeOnly.MinValue).ToOADate()),
        _ => Number(row, column, 0, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static byte[] Number(int row, int column, int format, double value) =>
        Record(0x0203, [.. Int16(row), .. Int16(column), .. Int16(format), .. BitConverter.GetBytes(value)]);

    private static byte[] Record(int id, byte[] data) => [.. Int16(id), .. Int16(data.Length), .. data];

    private static byte[] Int16(int value) => BitConverter.GetBytes((ushort)value);

    private static byte[] Int32(int value) => BitConverter.GetBytes(value);

    // A compound file: header, one sector of allocation table, one of directory, then the streams, padded so that none
    // is small enough for the "mini stream".
    private static byte[] Compound((string Name, byte[] Content)[] streams)
    {
        byte[][] contents = [.. streams.Select(s => Pad(s.Content))];
        uint[] fat = [.. Enumerable.Repeat(uint.MaxValue, Sector / 4)];
        fat[0] = FatSector;
        fat[1] = EndOfChain;
        List<byte> directory = [.. Entry("Root Entry", 5, EndOfChain, 0, streams.Length > 0 ? 1 : -1, -1)];
        uint next = 2;
        for (int i = 0; i < streams.Length; i++)
        {
            uint count = (uint)(contents[i].Length / Sector);
            for (uint s = 0; s < count; s++)
            {
                fat[next + s] = s + 1 == count ? EndOfChain : next + s + 1;
            }

            int right = i + 1 < streams.Length ? i + 2 : -1;
            directory.AddRange(Entry(streams[i].Name, 2, next, contents[i].Length, -1, right));
            next += count;
        }

        byte[] table = [.. fat.SelectMany(BitConverter.GetBytes)];
        return [.. Header(), .. table, .. directory.Concat(new byte[Sector - directory.Count]), .. contents.SelectMany(c => c)];
    }

    private static byte[] Pad(byte[] content)
    {
        int length = Math.Max(4096, (content.Length + Sector - 1) / Sector * Sector);
        return [.. content, .. new byte[length - content.Length]];
    }

    private static byte[] Header()
    {
        byte[] header = new byte[Sector];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(header, 0);
        new byte[] { 0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0 }.CopyTo(header, 24);
        Int32(1).CopyTo(header, 44);
        Int32(1).CopyTo(header, 48);
        Int32(4096).CopyTo(header, 56);
        BitConverter.GetBytes(EndOfChain).CopyTo(header, 60);
        BitConverter.GetBytes(EndOfChain).CopyTo(header, 68);
        header.AsSpan(76).Fill(0xFF);
        Int32(0).CopyTo(header, 76);
        return header;
    }

    private static byte[] Entry(string name, byte kind, uint start, int size, int child, int right)
    {
        byte[] entry = new byte[128];
        Encoding.Unicode.GetBytes(name).CopyTo(entry, 0);
        Int16((name.Length + 1) * 2).CopyTo(entry, 64);
        entry[66] = kind;
        entry[67] = 1;
        Int32(-1).CopyTo(entry, 68);
        Int32(right).CopyTo(entry, 72);
        Int32(child).CopyTo(entry, 76);
        BitConverter.GetBytes(start).CopyTo(entry, 116);
        Int32(size).CopyTo(entry, 120);
        return entry;
    }
}
