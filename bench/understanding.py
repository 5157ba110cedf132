"""What people write in chat, taken for what they want: how much of each part of the sample messages is right, and how long it takes."""

import time
from collections import Counter

from bench.shape import Row, Scale
from lumbung.messaging.chat import command_called
from lumbung.messaging.chat.understanding import understood
from tests.conformance.test_understanding import Sample, is_right, samples

LEAST = 95.0
PARTS = {"sample": "contoh", "tuned": "dipakai menyetel", "held": "disisihkan", "fresh": "ditulis sesudahnya"}
ROUNDS = 20


def run(scale: Scale) -> list[Row]:
    told = list(samples())
    counted, right = Counter(each.part for each in told), Counter(each.part for each in told if is_right(each))
    rows = []
    for part, label in PARTS.items():
        share = 100 * right[part] / counted[part]
        what = f"pesan dipahami, {label}: {right[part]} dari {counted[part]}"
        rows.append(Row(what, share, "%", bar="≥ 95 %", met=share >= LEAST))
    harmful = sum(_acts_unasked(each) for each in told)
    rows.append(Row("pesan yang langsung mengubah sesuatu tanpa diminta", harmful, "", bar="0", met=harmful == 0))
    rows.append(Row("memahami satu pesan", _seconds(told) * 1000, "ms"))
    return rows


def _acts_unasked(sample: Sample) -> bool:
    meaning = understood(sample.text)
    command = command_called(meaning.name)
    return command is not None and command.acts and meaning.certain and meaning.name != sample.action


def _seconds(told: list[Sample]) -> float:
    began = time.perf_counter()
    for _ in range(ROUNDS):
        for each in told:
            understood(each.text)
    return (time.perf_counter() - began) / (ROUNDS * len(told))
