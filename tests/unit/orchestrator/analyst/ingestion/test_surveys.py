from pathlib import Path

from tests.unit.orchestrator.analyst.reading import read

IDS = '"{""ImportId"":""id""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"'


def test_the_questions_of_a_survey_are_no_quarters(tmp_path: Path) -> None:
    """Q1, Q2 and Q3 beside respondents stay columns; beside shops they are quarters."""
    table = "{0},Q1,Q2,Q3\na,1,2,3\nb,4,5,6\n"
    assert read(tmp_path, table.format("Respondent")).names == ["Respondent", "Q1", "Q2", "Q3"]
    assert read(tmp_path, table.format("Shop")).names == ["Shop", "quarter", "value"]


def test_lines_of_qualtrics_under_the_header_are_left_out(tmp_path: Path) -> None:
    """Of answers in words as well, where they look like answers."""
    answers = "R1,agree,Rome\nR2,disagree,Oslo\nR3,agree,Rome\n"
    found = read(tmp_path, f"ResponseId,Q1,Q2\nResponse,Content?,Where?\n{IDS}\n{answers}")
    assert found.rows == [("R1", "agree", "Rome"), ("R2", "disagree", "Oslo"), ("R3", "agree", "Rome")]
    assert found.warns("Lines under the header that say what the columns are were left out")


def test_a_question_over_its_parts_names_them(tmp_path: Path) -> None:
    """The parts stand below, where the header is blank; whether they were answered in words or not."""
    header = "Respondent,Date,How content are you with,,,Remarks\n,,Pay,Team,Food,Open end\n"
    for answers in ("1,2,3", "yes,no,yes"):
        found = read(tmp_path, f"{header}7,2024-01-02,{answers},ok\n8,2024-01-03,{answers},no\n")
        assert found.names[2:4] == ["How content are you with Pay", "How content are you with Team"]
        assert len(found.rows) == 2


def test_a_row_without_its_first_label_is_no_header(tmp_path: Path) -> None:
    """In a pivot, rows below have none either."""
    found = read(tmp_path, "Region,Product,,Note\nN,A,x,ok\n,B,y,no\n,C,z,no\n")
    assert len(found.rows) == 3
