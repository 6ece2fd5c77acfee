"""Which images a training would use, in which part, and what is to be said about them before it begins."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from anylabeling.messages.training import ClassShare, TaskOffer, TrainPlan, TrainRequest, TrainTask
from anylabeling.services.dataset.exchange_sources import SourceItem
from anylabeling.services.training.survey import ImageFacts
from anylabeling.translation import tr, trn

FEW = 20
"""Fewer objects of a class than this are worth a warning: what is learned from them says little about others."""
MANY = 1000
"""So many images are few for a network that knows nothing yet."""
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """The images of a training.

    Attributes:
        plan: What is said about it.
        items: The images, each with its part.
        classes: The classes in the order of their numbers.
    """

    plan: TrainPlan
    items: tuple[SourceItem, ...]
    classes: tuple[str, ...]


def offers(facts: Sequence[ImageFacts]) -> tuple[TaskOffer, ...]:
    """Say for each task whether the labels allow it."""
    images, objects = Counter[TrainTask](), Counter[TrainTask]()
    for one in facts:
        for task in TrainTask:
            if found := one.labels(task):
                images[task] += 1
                objects[task] += found.total()
    outlined, slanted = sum(one.outlined for one in facts), sum(one.slanted for one in facts)
    classes = {flag for one in facts for flag in one.labels(TrainTask.CLASSIFY)}
    nothing = tr("Nothing is labelled with a box or an outline.")
    problems = {
        TrainTask.DETECT: "" if objects[TrainTask.DETECT] else nothing,
        TrainTask.SEGMENT: _first(
            (not objects[TrainTask.DETECT], nothing),
            (not outlined, tr("There are only boxes. Outlines, masks or circles are needed.")),
        ),
        TrainTask.POSE: _first(
            (
                not objects[TrainTask.POSE],
                tr("No object has key points. They are points in one group with a box, each with its name as label."),
            ),
        ),
        TrainTask.ORIENTED: _first(
            (not objects[TrainTask.DETECT], nothing),
            (not slanted, tr("No box is rotated. Rotated rectangles or quadrilaterals are needed.")),
        ),
        TrainTask.CLASSIFY: _first(
            (not classes, tr("No image has a class. Give them with Labels > Classify Images.")),
            (len(classes) < 2, tr("All images have the same class; at least two are needed.")),
        ),
    }
    return tuple(TaskOffer(task, images[task], objects[task], problems[task]) for task in TrainTask)


def divide(facts: Sequence[ImageFacts], request: TrainRequest, model_classes: Sequence[str] = ()) -> Division:
    """Choose the images, give each its part and the classes their numbers.

    Args:
        facts: What the images have.
        request: What is wanted.
        model_classes: The classes of the start weights, by number.
    """
    offered = offers(facts)
    wanted = None if request.classes is None else frozenset(request.classes)
    used: list[tuple[ImageFacts, Counter[str]]] = []
    for one in facts:
        labels = one.labels(request.task)
        if wanted is not None:
            labels = Counter({label: number for label, number in labels.items() if label in wanted})
        # A checked image without objects teaches what is none; of others nobody knows whether they were looked at.
        is_background = one.checked and request.task is not TrainTask.CLASSIFY and not one.labels(request.task)
        if not one.broken and (labels or is_background) and (one.checked or not request.only_checked):
            used.append((one, labels))
    parts = _by_folder(used) if request.use_parts else _by_chance(used, request)
    names = class_order({label for _, labels in used for label in labels}, request, model_classes)
    chosen = [(one, labels, part) for (one, labels), part in zip(used, parts, strict=True) if part]
    counts = {part: _sum(labels for _, labels, own in chosen if own == part) for part in ("train", "val")}
    images = Counter(label for _, labels, _ in chosen for label in labels)
    shares = tuple(ClassShare(name, counts["train"][name], counts["val"][name], images[name]) for name in names)
    sizes = Counter(part for _, _, part in chosen)
    problem = next(offer.problem for offer in offered if offer.task is request.task) or _problem(
        request, facts, chosen, counts
    )
    plan = TrainPlan(
        request.task,
        shares,
        sizes["train"],
        sizes["val"],
        len(facts) - len(chosen),
        () if problem else tuple(_warnings(request, facts, shares, sizes["train"])),
        problem,
        offered,
        {one.part for one in facts} >= {"train", "val"},
        sum(one.checked for one in facts),
        len(facts),
    )
    items = tuple(
        SourceItem(one.item.name, one.item.path, part, one.item.entry, one.item.label_file, one.item.annotation)
        for one, _, part in chosen
    )
    return Division(plan, items, names)


def class_order(labels: set[str], request: TrainRequest, model_classes: Sequence[str]) -> tuple[str, ...]:
    """Return the classes by number: those of the start weights first, as they are there; then the person's; then names.

    A classifier's are sorted by name, as its runtime reads them from folders.
    """
    if request.task is TrainTask.CLASSIFY:
        return tuple(sorted(labels))
    known = dict.fromkeys((*model_classes, *request.known_classes))
    first = [name for name in known if name in labels or (request.keep_classes and name in model_classes)]
    return (*first, *sorted(labels - set(first), key=lambda name: (name.casefold(), name)))


def _by_folder(used: Sequence[tuple[ImageFacts, Counter[str]]]) -> list[str]:
    return [one.part for one, _ in used]


def _by_chance(used: Sequence[tuple[ImageFacts, Counter[str]]], request: TrainRequest) -> list[str]:
    """Divide by a seed, such that each class is in both parts where it has two images.

    The rarest class is looked at first: others come along with it.
    """
    chance = random.Random(request.seed)  # noqa: S311 - it divides images
    order = list(range(len(used)))
    chance.shuffle(order)
    wanted = max(1, round(len(used) * request.validation_percent / 100)) if len(used) > 1 else 0
    wanted = min(wanted, max(len(used) - 1, 0))
    total = Counter(label for _, labels in used for label in labels)
    left = Counter(total)
    validation: set[int] = set()

    def take(place: int) -> bool:
        """Move an image to the validation part, unless a class would have nothing left to learn from."""
        labels = used[place][1]
        if place in validation or len(validation) >= wanted or any(left[label] < 2 for label in labels):
            return False
        validation.add(place)
        left.subtract(labels.keys())
        return True

    by_label: dict[str, list[int]] = {}
    for place in order:
        for label in used[place][1]:
            by_label.setdefault(label, []).append(place)
    for label in sorted(total, key=lambda name: (total[name], name)):
        if left[label] == total[label]:
            next((place for place in by_label[label] if take(place)), None)
    for place in order:
        take(place)
    if not validation and wanted:  # each image has a class of its own
        validation.add(order[0])
    return ["val" if place in validation else "train" for place in range(len(used))]


def _problem(
    request: TrainRequest,
    facts: Sequence[ImageFacts],
    chosen: Sequence[tuple[ImageFacts, Counter[str], str]],
    counts: Mapping[str, Counter[str]],
) -> str:
    if not facts:
        return tr("There are no images. Open a folder of images first.")
    if request.use_parts and not counts["train"]:
        return tr("There are no labelled images in a folder named train.")
    if request.use_parts and not counts["val"]:
        return tr("There are no labelled images in a folder named val.")
    labelled = sum(bool(labels) for _, labels, _ in chosen)
    if not labelled and request.only_checked:
        return tr("No checked image has labels for this.")
    if not labelled:
        return tr("No image has labels for this.")
    if len(chosen) < 2 or not counts["val"] or not counts["train"]:
        return tr("At least two labelled images are needed: one to learn from and one to check with.")
    if request.task is TrainTask.CLASSIFY and len(counts["train"] + counts["val"]) < 2:
        return tr("All images have the same class; at least two are needed.")
    return ""


def _warnings(
    request: TrainRequest,
    facts: Sequence[ImageFacts],
    shares: Sequence[ClassShare],
    training: int,
) -> Iterable[str]:
    few = [share for share in shares if 0 < share.training < FEW]
    if few:
        named = ", ".join(f"{share.label} ({share.training})" for share in few[:_MOST_NAMED])
        named += " …" if len(few) > _MOST_NAMED else ""
        yield trn(
            "%n class has fewer than {few} examples to learn from: {named}.",
            "%n classes have fewer than {few} examples to learn from: {named}.",
            len(few),
            few=FEW,
            named=named,
        )
    unchecked = [share.label for share in shares if share.training and not share.validation]
    if unchecked:
        named = ", ".join(unchecked[:_MOST_NAMED]) + (" …" if len(unchecked) > _MOST_NAMED else "")
        yield tr("The images to check with have none of: {named}. How well it is found is not measured.", named=named)
    unknown = [share.label for share in shares if share.validation and not share.training]
    if unknown:
        named = ", ".join(unknown[:_MOST_NAMED]) + (" …" if len(unknown) > _MOST_NAMED else "")
        yield tr("The images to learn from have none of: {named}.", named=named)
    if not request.weights.lower().endswith(".pt") and training < MANY:
        yield tr("A network from scratch needs thousands of images to learn well. With few, go on from a .pt file.")
    broken = sum(bool(one.broken) for one in facts)
    if broken:
        yield trn(
            "%n label file cannot be read and is left out.", "%n label files cannot be read and are left out.", broken
        )
    yield from _warnings_by_task(request, facts)


def _warnings_by_task(request: TrainRequest, facts: Sequence[ImageFacts]) -> Iterable[str]:
    if request.task is TrainTask.SEGMENT:
        plain = sum(one.areas.total() - one.outlined for one in facts)
        if plain:
            yield trn(
                "%n box is learned as an outline of four corners.",
                "%n boxes are learned as outlines of four corners.",
                plain,
            )
    if request.task is TrainTask.CLASSIFY:
        several = sum(len(one.flags) > 1 for one in facts)
        if several:
            yield trn(
                "%n image has several flags and is left out.", "%n images have several flags and are left out.", several
            )
    if request.task is TrainTask.POSE:
        alone = sum((one.areas - one.poses).total() for one in facts)
        if alone:
            yield trn("%n object has no key points.", "%n objects have no key points.", alone)


def _first(*cases: tuple[bool, str]) -> str:
    return next((text for holds, text in cases if holds), "")


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return total
