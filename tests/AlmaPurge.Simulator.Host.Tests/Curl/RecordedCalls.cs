namespace AlmaPurge.Simulator.Host.Tests.Curl;

/// <summary>
/// Calls as the documentation of Alma gives them, composed by us. doc/1 has a loan, a request and debts, doc-2 nothing;
/// {set} is an empty set, {full} one of two members, {report} a path, {run} the instance of a job.
/// </summary>
internal static class RecordedCalls
{
    private const string Missing = "errorList.error[0].errorCode=";

    public static IReadOnlyList<RecordedCall> All { get; } =
    [
        .. Form(), .. Users(), .. Accounts(), .. Sets(), .. Jobs(), .. Analytics(), .. Configuration(), .. Errors(),
    ];

    private static RecordedCall[] Form() =>
    [
        new("the key in the query", "conf/general", 200, "institution.value=01SIM_INST") { KeyInQuery = true },
        new("the key in the header", "conf/general", 200, "environment_type=SANDBOX", "alma_url"),
        new("XML where nothing is said", "conf/general", 200, "general/institution/@desc", "general/environment_type=SANDBOX")
            { Accept = null, Form = "xml" },
        new("format=json in the query", "conf/general?format=json", 200, "institution.desc") { Accept = null },
        new("XML asked for", "users/doc-2", 200, "user/primary_id=doc-2", "user/user_group/@desc", "user/user_roles/user_role/role_type=200")
            { Accept = "application/xml", Form = "xml" },
    ];

    private static RecordedCall[] Users() =>
    [
        new("a page of a group with everything", "users?q=user_group~UNDRGRD&expand=full&limit=100", 200,
            "user[0].user_group.value=UNDRGRD", "user[0].user_role[0].role_type.value", "user[0].user_identifier", "total_record_count:Integer"),
        new("a minimal page", "users?limit=1&order_by=primary_id", 200,
            "user[0].primary_id", "user[0].first_name", "user[0].last_name", "user[0].status.value", "user[0].link", "!user[0].user_group"),
        new("a page of users as XML", "users?limit=2", 200, "users/@total_record_count", "users/user[1]/primary_id", "users/user[0]/@link")
            { Accept = "application/xml", Form = "xml" },
        new("nobody found", "users?q=primary_id~nobody_at_all", 200, "total_record_count=0", "!user"),
        new("a query that is not understood", "users?q=shoe_size~43", 200, "total_record_count=-1", "!user"),
        new("one user with counts", "users/doc%2F1?expand=loans,requests,fees", 200,
            "primary_id=doc/1", "loans.value", "loans.link", "requests.value", "fees.value", "expiry_date=2024-06-30Z", "record_type.value=PUBLIC",
            "account_type.value=EXTERNAL", "status.value=ACTIVE", "user_identifier[0].id_type.value=BARCODE", "user_identifier[0].segment_type"),
        new("by barcode", "users/DOC-B1?user_id_type=BARCODE", 200, "primary_id=doc/1"),
        new("any identifier, in any case", "users/DOC%2F1", 200, "primary_id=doc/1"),
        new("brief", "users/doc-2?view=brief", 200, "primary_id=doc-2", "user_identifier", "!user_role"),
        new("a new user", "users", 200, "primary_id=doc-new", "expiry_date=2030-01-16Z") { Method = "POST", Body = "user.json" },
        new("a new user as XML", "users", 200, "user/primary_id=doc-new-xml", "user/user_identifiers/user_identifier/value=DOC-NEW-B")
            { Method = "POST", Body = "user.xml", Accept = "application/xml", Form = "xml" },
        new("a user deleted", "users/doc-gone?user_id_type=all_unique", 204) { Method = "DELETE", Form = "" },
    ];

    private static RecordedCall[] Accounts() =>
    [
        new("active fees", "users/doc%2F1/fees?status=ACTIVE", 200,
            "fee[0].type.value=OVERDUEFINE", "fee[0].status.value=ACTIVE", "fee[0].balance", "fee[0].original_amount", "fee[0].creation_time",
            "fee[0].link", "total_record_count=1", "total_sum", "currency=USD"),
        new("disputed fees", "users/doc%2F1/fees?status=INDISPUTE", 200, "fee[0].status.value=INDISPUTE"),
        new("no fees", "users/doc-2/fees", 200, "total_record_count=0", "!fee"),
        new("loans", "users/doc%2F1/loans?limit=100", 200,
            "item_loan[0].loan_id", "item_loan[0].due_date", "item_loan[0].loan_status=ACTIVE", "item_loan[0].library.value", "total_record_count=1"),
        new("no loans", "users/doc-2/loans", 200, "total_record_count=0", "!item_loan"),
        new("requests", "users/doc%2F1/requests", 200, "user_request[0].request_type", "user_request[0].request_status", "total_record_count=1"),
        new("fees as XML", "users/doc%2F1/fees", 200, "fees/@total_record_count=1", "fees/fee/balance", "fees/fee/type/@desc")
            { Accept = "application/xml", Form = "xml" },
    ];

    private static RecordedCall[] Sets() =>
    [
        new("a set made", "conf/sets", 200,
            "id", "name=doc set json", "type.value=ITEMIZED", "type.desc=Itemized", "content.value=USER", "status.value=ACTIVE", "origin.value=UI",
            "private.value=false", "created_by.value=exl_api", "created_date", "number_of_members.value=0", "number_of_members.link", "link")
            { Method = "POST", Body = "set.json" },
        new("a set made as XML", "conf/sets", 200, "set/name=doc set xml", "set/type=ITEMIZED", "set/number_of_members=0", "set/@link")
            { Method = "POST", Body = "set.xml", Accept = "application/xml", Form = "xml" },
        new("sets by name", "conf/sets?q=name~doc_empty&content_type=USER&set_type=ITEMIZED&limit=10&offset=0", 200,
            "set[0].name=doc empty", "set[0].link", "total_record_count=1"),
        new("one set", "conf/sets/{full}", 200, "number_of_members.value=2", "private.value=false"),
        new("members", "conf/sets/{full}/members?limit=100&offset=0", 200,
            "member[0].id=doc/1", "member[0].description", "member[0].link", "member[1].id=doc-2", "total_record_count=2"),
        new("members as XML", "conf/sets/{full}/members", 200, "members/@total_record_count=2", "members/member[1]/id=doc-2")
            { Accept = "application/xml", Form = "xml" },
        new("no members", "conf/sets/{set}/members", 200, "total_record_count=0", "!member"),
    ];

    private static RecordedCall[] Jobs() =>
    [
        new("manual jobs", "conf/jobs?type=MANUAL&limit=100&offset=0", 200,
            "job[0].id", "job[0].name", "job[0].type.value=MANUAL", "job[0].category.value", "job[0].link", "total_record_count:Integer"),
        new("M148 with its parameters", "conf/jobs/M148", 200, "id=M148", "name=Update/Notify Users", "parameter[71].name.value"),
        new("instances of a day", "conf/jobs/M148/instances?submit_date_from=2026-12-20&submit_date_to=2026-12-20&limit=10", 200,
            "job_instance[0].id", "job_instance[0].status.value", "total_record_count"),
        new("an instance", "conf/jobs/ALL/instances/{run}", 200,
            "id", "external_id", "name=doc run", "submitted_by.value=API", "submit_time", "start_time", "end_time", "progress=100",
            "status.value=COMPLETED_SUCCESS", "status.desc", "status_date", "alert[0].value=alert_general_success", "counter[0].type.value",
            "counter[0].value:String", "job_info.id=M148", "job_info.link"),
        new("an instance as XML", "conf/jobs/M148/instances/{run}", 200,
            "job_instance/status=COMPLETED_SUCCESS", "job_instance/counters/counter/value", "job_instance/job_info/name")
            { Accept = "application/xml", Form = "xml" },
    ];

    private static RecordedCall[] Analytics() =>
    [
        new("the first page of a report", "analytics/reports?path={report}&limit=25&col_names=true", 200,
            "report/QueryResult/ResumptionToken", "report/QueryResult/IsFinished=false", "report/QueryResult/ResultXml/rowset/schema/complexType/sequence/element[0]/@columnHeading=0",
            "report/QueryResult/ResultXml/rowset/Row/Column0=0")
            { Accept = "application/xml", Form = "xml" },
        new("the next page by token", "analytics/reports?token={token}&limit=25", 200,
            "report/QueryResult/IsFinished", "report/QueryResult/ResultXml/rowset/Row")
            { Accept = "application/xml", Form = "xml" },
        new("a report as JSON", "analytics/reports?path={report}&limit=1000&col_names=true", 200, "anies[0]:String"),
        new("no such report", "analytics/reports?path=%2Fshared%2Fnone&limit=25", 500, Missing + "INTERNAL_SERVER_ERROR"),
    ];

    private static RecordedCall[] Configuration() =>
    [
        new("the user groups", "conf/code-tables/UserGroups", 200,
            "name=UserGroups", "row[0].code", "row[0].description", "row[0].default:Boolean", "row[0].enabled:Boolean"),
        new("the user groups as XML", "conf/code-tables/UserGroups", 200, "code_table/rows/row/code") { Accept = "application/xml", Form = "xml" },
        new("the content types of sets", "conf/code-tables/SetContentType", 200, "row[?(@.code == 'USER')].description=User"),
        new("which groups fit which record type", "conf/mapping-tables/UserRecordTypeUserGroup", 200, "row[0].column0", "row[0].column1"),
        new("the student system", "conf/integration-profiles?type=USERS", 200, "integration_profile[0].id", "integration_profile[0].code"),
        new("a key tested for reading", "users/operation/test", 200, "test") { Form = "xml" },
        new("a key tested for writing", "conf/test", 200, "test") { Method = "POST", Form = "xml" },
        new("a key tested for Analytics", "analytics/test", 200, "test") { Form = "xml" },
    ];

    private static RecordedCall[] Errors() =>
    [
        new("a user who is not there", "users/nobody", 400,
            Missing + "401861", "errorsExist=True", "errorList.error[0].errorMessage", "errorList.error[0].trackingId"),
        new("a user who is not there, as XML", "users/nobody", 400,
            "web_service_result/errorsExist=true", "web_service_result/errorList/error/errorCode=401861") { Accept = null, Form = "xml" },
        new("a user who is not there, by type", "users/nobody?user_id_type=BARCODE", 400, Missing + "401890"),
        new("a wrong expand", "users/doc-2?expand=shoes", 400, Missing + "401666"),
        new("too many a page", "users?limit=101", 400, Missing + "40166411"),
        new("a DELETE refused", "users/doc%2F1", 400, Missing + "401850") { Method = "DELETE" },
        new("a wrong key, in XML whatever was asked for", "conf/general", 400,
            "web_service_result/errorList/error/errorCode=UNAUTHORIZED") { Key = "l7xx00", Form = "xml" },
        new("no set of that id", "conf/sets/1", 400, Missing + "60107"),
        new("a set name that is taken", "conf/sets", 400, Missing + "402263") { Method = "POST", Body = "set-taken.json" },
        new("members already there", "conf/sets/{full}?op=add_members&fail_on_invalid_id=true", 400, Missing + "60115")
            { Method = "POST", Body = "members.json" },
        new("no operation", "conf/jobs/M148", 400, Missing + "402220") { Method = "POST", Body = "update-users.json" },
        new("no such instance", "conf/jobs/M148/instances/9", 400, Missing + "402218"),
        new("no such job", "conf/jobs/M999", 400, Missing + "402216"),
    ];
}
