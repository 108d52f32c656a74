"""The named training recipes: every number that decides a training run. No framework."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

# The four that `compare` sets beside the study this project began with.
STUDY_SIZE = 128


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a training photo may be changed; probabilities and fractions are 0 to 1.

    `inset` puts the whole photo small into another one that shows no animal, `quarter_turn` lays
    it on its side, `dark` takes light away down to a fifth, `noise` adds up to 25 of 255 levels
    (standard deviation), `blur` smooths by up to 2 % of the side (Gaussian radius).
    """

    crop_area: tuple[float, float] = (0.4, 1.0)
    crop_aspect: tuple[float, float] = (0.75, 1.33)
    whole_photo: float = 0.25
    flip: float = 0.5
    rotate: float = 0.15
    rotate_degrees: float = 15.0
    brightness: float = 0.35
    contrast: float = 0.3
    saturation: float = 0.4
    grey: float = 0.05
    shrink: float = 0.15
    jpeg: float = 0.1
    compose: float = 0.1
    inset: float = 0.0
    quarter_turn: float = 0.0
    dark: float = 0.0
    noise: float = 0.0
    blur: float = 0.0


class Scheduler(StrEnum):
    """How the learning rate falls."""

    PLATEAU = "plateau"
    STEP = "step"
    COSINE = "cosine"


class Unfreeze(StrEnum):
    """Which part of a network is trained: its last layer, its last stages too, or everything."""

    HEAD = "head"
    LAST = "last"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to train. `image_size` and `input_size` in pixels, multiples of 32.

    A network that trains on random crops sees its subjects enlarged; at inference it therefore
    does best on a somewhat larger input (Touvron et al. 2019, "Fixing the train-test resolution
    discrepancy"), so the two sizes are separate. With `look_again` the photo is looked at again,
    at inference, where the first look leaves the network unsure (see `export`).
    `init` is what training begins from unless a person says otherwise.

    The optimiser is Adam with decoupled weight decay (Loshchilov & Hutter 2019); `l2` is a penalty
    in the loss instead. `plateau` multiplies the learning rate by `decay_factor` after
    `decay_epochs` epochs without a lower validation loss, `step` after every `decay_epochs`.
    `patience` ends a run after so many epochs without a lower validation loss; None never does.
    With few photos there are more epochs, so that at least `fewest_batches` are learned from.
    `also_at` are further sizes a batch may be shown at: it is drawn at `image_size` and shrunken.
    With teachers a target is `distil` (0 to 1) parts of what they say and the rest the label, and
    `imitate` times the mean squared error of their features, as told from the network's own, is
    added to the loss (see `training.imitation`).
    After `distinct_epochs` the pictures come again (0: never), so that teachers need not be asked
    about new ones. They are numbered from `first_epoch` on: a run that goes on from another one's
    model with the same seed, and so on the same split, sees new pictures where it begins after
    those. What a network is shown may be changed further, by `student_view`: it has to
    see in a worse picture what its teachers see in the better one (Xie et al. 2020,
    "Self-training with Noisy Student").
    One of `keep_start` (0 to 1) parts of the weights a run began with, and the rest of those it
    ends with, make the model; which one, the validation loss decides. Where a run goes on from a
    good model a mean of both is often better than either (Wortsman et al. 2022, "Robust
    fine-tuning of zero-shot models"). Of that, where the run is told its origin, the weights from
    which its start was trained, one of `keep_origin` (0 to 1) parts are taken from there.
    `ema_decay` 0 keeps the weights themselves instead of their moving average. `risk` is the share
    (0 to 1) of the sorted photos that may be wrong, which decides the thresholds.
    """

    name: str
    architecture: str = "mobilenetv2_regions"
    outputs: tuple[str, ...] = ("cat", "dog")
    init: str = "bundled"
    unfreeze: Unfreeze = Unfreeze.ALL
    image_size: int = 192
    also_at: tuple[int, ...] = ()
    input_size: int = 224
    look_again: bool = True
    epochs: int = 5
    fewest_batches: int = 0
    batch_size: int = 32
    learning_rate: float = 4e-4
    scheduler: Scheduler = Scheduler.COSINE
    decay_factor: float = 0.1
    decay_epochs: int = 2
    patience: int | None = None
    weight_decay: float = 0.02
    l2: float = 0.0
    head_decay: float = 1e-4
    warmup_epochs: float = 0.3
    ema_decay: float = 0.998
    dropout: float = 0.2
    validation_share: float = 0.1
    risk: float = 0.011
    distil: float = 0.0
    imitate: float = 0.0
    distinct_epochs: int = 0
    first_epoch: int = 0
    student_view: Augmentation | None = None
    keep_start: tuple[float, ...] = (0.0,)
    keep_origin: tuple[float, ...] = (0.0,)
    augmentation: Augmentation = field(default_factory=Augmentation)

    def drawn_as(self, epoch: int) -> int:
        """The epoch (from 0) whose pictures are shown in `epoch`."""
        return epoch % self.distinct_epochs if self.distinct_epochs else epoch

    @property
    def store_side(self) -> int:
        """Shorter side, in pixels, of the photos a run keeps: room to crop from."""
        return max(self.input_size, int(self.image_size * 1.2))


_AS_DRAWN = Augmentation(
    crop_area=(1.0, 1.0),
    whole_photo=1.0,
    flip=0.0,
    rotate=0.0,
    brightness=0.0,
    contrast=0.0,
    saturation=0.0,
    grey=0.0,
    shrink=0.0,
    jpeg=0.0,
    compose=0.0,
)
_FLIP_ROTATE_CROP = replace(_AS_DRAWN, crop_area=(0.5, 1.0), whole_photo=0.0, flip=0.5, rotate=1.0)


def _study(name: str, **changes: object) -> Recipe:
    """The settings all systems of the study shared: one logit, 128 x 128, Adam at 1e-3, plateau."""
    shared: dict[str, object] = {
        "architecture": "mobilenetv2",
        "outputs": ("dog",),
        "image_size": STUDY_SIZE,
        "input_size": STUDY_SIZE,
        "look_again": False,
        "batch_size": 32,
        "learning_rate": 1e-3,
        "scheduler": Scheduler.PLATEAU,
        "weight_decay": 0.0,
        "augmentation": _FLIP_ROTATE_CROP,
    }
    return Recipe(name, **(shared | changes))  # type: ignore[arg-type]


_ALL = (
    Recipe("finetune", fewest_batches=150),
    Recipe(
        "best",
        also_at=(160,),
        epochs=6,
        learning_rate=3e-4,
        ema_decay=0.999,
        distil=0.7,
        imitate=0.5,
        distinct_epochs=3,
        student_view=replace(
            _AS_DRAWN, flip=0.5, quarter_turn=0.1, dark=0.05, noise=0.08, blur=0.1, jpeg=0.12
        ),
        keep_start=(0.0, 0.25, 0.5, 0.75),
        keep_origin=(0.0, 0.1, 0.2, 0.3, 0.4),
        augmentation=Augmentation(
            crop_area=(0.3, 1.0),
            inset=0.25,
            quarter_turn=0.06,
            dark=0.08,
            noise=0.08,
            blur=0.08,
        ),
    ),
    _study(
        "mobilenetv2",
        unfreeze=Unfreeze.LAST,
        input_size=160,
        look_again=True,
        epochs=12,
        patience=5,
        decay_factor=0.3,
        decay_epochs=1,
        augmentation=replace(_FLIP_ROTATE_CROP, crop_area=(0.6, 1.0), rotate=0.5),
    ),
    _study(
        "cnn",
        architecture="cnn",
        init="random",
        epochs=25,
        patience=10,
        decay_factor=0.3,
        decay_epochs=4,
        ema_decay=0.99,
        dropout=0.4,
        l2=1e-4,
    ),
    _study("resnet50", architecture="resnet50", init="random", epochs=30, patience=8),
    _study("efficientnet_b0", architecture="efficientnet_b0", init="random", epochs=30, patience=8),
)
RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in _ALL}
