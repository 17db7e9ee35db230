"""Results of tests as JUnit XML, as continuous integration reads them."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from streams.ruletests import Result


def write_junit(path: Path, results: Sequence[Result]) -> None:
    """Write the results of tests to a file."""
    suite = ET.Element("testsuite", name="marsad rules test", tests=str(len(results)))
    suite.set("failures", str(sum(not result.passed for result in results)))
    for result in results:
        attributes = {"classname": result.file.stem, "name": result.name, "time": f"{result.seconds:.3f}"}
        case = ET.SubElement(suite, "testcase", attributes)
        if result.failures:
            failure = ET.SubElement(case, "failure", message=result.failures[0])
            failure.text = "\n".join(result.failures)
    ET.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)
