"""What can be done with runs, by name, as the palette says it."""

ACTS = {
    "draft": "Draft a run of takes after the line on stage",
    "again": "Draft the chosen run once more",
    "stop": "Stop the chosen run",
    "compare": "Compare the takes of the chosen run",
    "export": "Export the chosen run ...",
    "copy": "Copy the chosen run as a table",
}
