using System.ComponentModel;
using System.Diagnostics;
using AlmaPurge.Core.Runs;
using DocumentFormat.OpenXml.Spreadsheet;

namespace AlmaPurge.Core.Tests.Reports;

/// <summary>The workbook through a real spreadsheet program: opened and saved again by LibreOffice, where it is installed.</summary>
public sealed class LibreOfficeTests : ReviewTestBase
{
    [SkippableFact]
    public async Task Vetoes_survive_a_program_that_writes_the_workbook_in_its_own_way()
    {
        PurgeRun run = ImportPatrons();
        string path = await ExportAsync(run);
        ChangeGoing(path, data =>
        {
            Put(RowOf(data, "0002"), 'B', Text("Veto"));
            RowOf(data, "a/3 _x005F_x0041_").Remove();
        });

        string saved = await SaveAgainAsync(path);

        Assert.NotEqual(await File.ReadAllBytesAsync(path), await File.ReadAllBytesAsync(saved));
        Assert.Equal("0001", await TakeOverAsync(run, saved));
        Assert.Equal(["0002", "a/3 _x0041_"], run.Patrons.Exclusions().Where(e => e.Rule == "Vetoed").Select(e => e.PrimaryId));
        Change(saved, "Will go", (sheet, _) =>
        {
            // Frozen rows are a setting of a window, and without one LibreOffice leaves them out (seen).
            Assert.NotNull(sheet.Descendants<AutoFilter>().SingleOrDefault());
            Assert.Equal(DataValidationValues.List, sheet.Descendants<DataValidation>().Single().Type!.Value);
        });
    }

    [SkippableFact]
    public async Task Identifiers_come_through_unchanged()
    {
        PurgeRun run = ImportPatrons();

        string saved = await SaveAgainAsync(await ExportAsync(run));

        Assert.Equal("0001 0002 a/3 _x0041_", await TakeOverAsync(run, saved));
    }

    private async Task<string> SaveAgainAsync(string path)
    {
        string target = Path.Combine(Folder, "saved");
        ProcessStartInfo start = new("soffice")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])
            [$"-env:UserInstallation=file://{Folder}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", target, path])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process program = Process.Start(start)!;
            Task<string> said = program.StandardOutput.ReadToEndAsync();
            Task<string> complained = program.StandardError.ReadToEndAsync();
            await program.WaitForExitAsync();
            string saved = Path.Combine(target, Path.GetFileName(path));
            Assert.True(File.Exists(saved), await said + await complained);
            return saved;
        }
        catch (Win32Exception)
        {
            Skip.If(true, "LibreOffice (soffice) is not installed here.");
            throw;
        }
    }
}
