from tests.installation import Installation


def test_a_served_installation_answers_and_stops_cleanly(installation: Installation):
    assert installation.run("migrate", "-v0").returncode == 0
    installation.start("serve")
    assert installation.answers()
    assert installation.stop() == 0
