"""The named training recipes, with all hyperparameters. No framework."""

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from catdog_sorter.labels import RiskControl

# The four systems of the study that this project started from; `compare` compares them.
STUDY_SIZE = 128


@dataclass(frozen=True, slots=True)
class Augmentation:
    """Strength of the augmentation; probabilities and fractions are 0 to 1.

    `inset` puts the photo, small, into one that shows no animal; `quarter_turn` rotates by 90
    degrees; `dark` scales brightness down to a fifth; `noise` adds Gaussian noise of up to 25 of
    255 levels (standard deviation); `blur` has a Gaussian radius of up to 2 % of the side.
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
    """Learning rate schedule."""

    PLATEAU = "plateau"
    STEP = "step"
    COSINE = "cosine"


class Unfreeze(StrEnum):
    """Which layers are trained: the last one, the last stages too, or all."""

    HEAD = "head"
    LAST = "last"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class DataSettings:
    """Data settings; sizes in pixels, multiples of 32.

    Random crops enlarge the subjects in training. At inference a network is therefore most accurate
    on a somewhat larger input (Touvron et al. 2019, "Fixing the train-test resolution
    discrepancy"), so `image_size` in training and `input_size` at inference are separate.

    Attributes:
        other_image_sizes: Further sizes a batch may have: drawn at `image_size` and resized.
        validation_share: Share of the photos held out, 0 to 1.
        distinct_epochs: Pictures repeat after this many epochs, so that teachers run on fewer of
            them; 0 for new ones in each epoch.
        skip_epochs: Skip the first epochs of the augmentation stream: a run that
            continues from the model of another one with the same seed, and so the same split, then
            gets new pictures.
    """

    image_size: int = 192
    other_image_sizes: tuple[int, ...] = ()
    input_size: int = 224
    batch_size: int = 32
    validation_share: float = 0.1
    distinct_epochs: int = 0
    skip_epochs: int = 0

    def drawn_as(self, epoch: int) -> int:
        """The epoch (from 0) whose pictures are shown in `epoch`."""
        return epoch % self.distinct_epochs if self.distinct_epochs else epoch

    @property
    def store_side(self) -> int:
        """Shorter side, in pixels, of the stored photos: room to crop from."""
        return max(self.input_size, int(self.image_size * 1.2))


@dataclass(frozen=True, slots=True)
class Optimisation:
    """Adam with decoupled weight decay (Loshchilov & Hutter 2019), and its learning rate.

    Attributes:
        epochs: Maximum; raised for few photos until there are `min_batches` batches.
        decay_factor: `plateau` multiplies the learning rate by it after `decay_epochs` epochs
            without a lower validation loss, `step` after every `decay_epochs`.
        rate_decay: The last stages have this share of the head's learning rate, the stages below
            its square (discriminative rates: Howard & Ruder 2018, "Universal Language Model
            Fine-tuning for Text Classification").
        patience: Ends a run after this many epochs without a lower validation loss; None for never.
        l2: Penalty in the loss instead of weight decay.
        head_l2: The same in the fit of a new last layer, before the first epoch.
    """

    epochs: int = 5
    min_batches: int = 0
    learning_rate: float = 4e-4
    scheduler: Scheduler = Scheduler.COSINE
    decay_factor: float = 0.1
    decay_epochs: int = 2
    patience: int | None = None
    warmup_epochs: float = 0.3
    rate_decay: float = 1.0
    weight_decay: float = 0.02
    l2: float = 0.0
    head_l2: float = 1e-4
    dropout: float = 0.2


@dataclass(frozen=True, slots=True)
class Distillation:
    """Distillation settings, used if there are teachers.

    Attributes:
        soft_target_weight: Share of a target, 0 to 1, that comes from the teachers' predictions;
            the rest is the label.
        feature_weight: Factor of the mean squared error of the features in the loss (see
            `fit.feature_distillation`).
        student_augmentation: Further augmentation of the student's input only; the teachers see the
            unchanged picture (Xie et al. 2020, "Self-training
            with Noisy Student").
    """

    soft_target_weight: float = 0.0
    feature_weight: float = 0.0
    student_augmentation: Augmentation | None = None


@dataclass(frozen=True, slots=True)
class Averaging:
    """Averages of weights; shares are 0 to 1, and the validation loss decides among them.

    Attributes:
        ema_decay: Of the moving average over the steps; 0 keeps the weights themselves.
        initial_shares: Shares of the initial weights in the model. When a run continues from a
            good model, an average of both is often better than either (Wortsman et al. 2022,
            "Robust fine-tuning of zero-shot models").
        pretrained_shares: Shares, in that average, of the weights the initial ones were trained
            from, if the run has them.
    """

    ema_decay: float = 0.998
    initial_shares: tuple[float, ...] = (0.0,)
    pretrained_shares: tuple[float, ...] = (0.0,)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to train.

    Attributes:
        initial_weights: The default of `--init`.
        careful: If the initial weights are a model's: correct its last layer first, train other
            layers only with enough photos, move away from that model only as far as held-out photos
            support, and keep its calibration, thresholds and test-time augmentation.
        test_time_augmentation: Whether to add views at inference where the prediction is uncertain
            (see `fit.export`).
        risk_control: The promise that the thresholds are chosen for.
    """

    name: str
    architecture: str = "mobilenetv2_regions"
    outputs: tuple[str, ...] = ("cat", "dog")
    initial_weights: str = "bundled"
    unfreeze: Unfreeze = Unfreeze.ALL
    careful: bool = False
    test_time_augmentation: bool = True
    risk_control: RiskControl = field(default_factory=RiskControl)
    data: DataSettings = field(default_factory=DataSettings)
    optimisation: Optimisation = field(default_factory=Optimisation)
    augmentation: Augmentation = field(default_factory=Augmentation)
    distillation: Distillation = field(default_factory=Distillation)
    averaging: Averaging = field(default_factory=Averaging)


_GROUPS = ("data", "optimisation", "distillation", "averaging")


def with_settings(recipe: Recipe, **settings: Any) -> Recipe:
    """Replace settings of a recipe or of its groups, whose names are all different.

    `with_settings(recipe, epochs=3, image_size=128)` replaces two settings in two groups.

    Raises:
        TypeError: There is no such setting.
    """
    groups = {}
    for name in _GROUPS:
        group = getattr(recipe, name)
        given = {key: settings.pop(key) for key in asdict(group).keys() & settings.keys()}
        groups[name] = replace(group, **given)
    return replace(recipe, **(groups | settings))


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


def _study(name: str, **changes: Any) -> Recipe:
    """A system of the study: one logit, 128 x 128, Adam at 1e-3, plateau."""
    shared = {
        "architecture": "mobilenetv2",
        "outputs": ("dog",),
        "image_size": STUDY_SIZE,
        "input_size": STUDY_SIZE,
        "test_time_augmentation": False,
        "batch_size": 32,
        "learning_rate": 1e-3,
        "scheduler": Scheduler.PLATEAU,
        "weight_decay": 0.0,
        "augmentation": _FLIP_ROTATE_CROP,
    }
    return with_settings(Recipe(name), **(shared | changes))


_ALL = (
    with_settings(
        Recipe("finetune"),
        architecture="efficientnet_lite2",
        careful=True,
        unfreeze=Unfreeze.LAST,
        input_size=240,
        validation_share=0.2,
        epochs=4,
        min_batches=60,
        learning_rate=2e-4,
        rate_decay=0.3,
        patience=2,
        initial_shares=(1.0, 0.75, 0.5, 0.25, 0.0),
    ),
    with_settings(
        Recipe("best"),
        other_image_sizes=(160,),
        epochs=6,
        learning_rate=3e-4,
        ema_decay=0.999,
        soft_target_weight=0.7,
        feature_weight=0.5,
        distinct_epochs=3,
        student_augmentation=replace(
            _AS_DRAWN, flip=0.5, quarter_turn=0.1, dark=0.05, noise=0.08, blur=0.1, jpeg=0.12
        ),
        initial_shares=(0.0, 0.25, 0.5, 0.75),
        pretrained_shares=(0.0, 0.1, 0.2, 0.3, 0.4),
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
        test_time_augmentation=True,
        epochs=12,
        patience=5,
        decay_factor=0.3,
        decay_epochs=1,
        augmentation=replace(_FLIP_ROTATE_CROP, crop_area=(0.6, 1.0), rotate=0.5),
    ),
    _study(
        "cnn",
        architecture="cnn",
        initial_weights="random",
        input_size=160,
        test_time_augmentation=True,
        epochs=25,
        patience=10,
        decay_factor=0.3,
        decay_epochs=4,
        ema_decay=0.99,
        dropout=0.4,
        l2=1e-4,
    ),
    _study("resnet50", architecture="resnet50", initial_weights="random", epochs=30, patience=8),
    _study(
        "efficientnet_b0",
        architecture="efficientnet_b0",
        initial_weights="random",
        epochs=30,
        patience=8,
    ),
)
RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in _ALL}
