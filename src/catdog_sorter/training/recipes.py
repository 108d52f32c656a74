"""The named training recipes: every number that decides a training run. No framework."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a training photo may be changed; probabilities and fractions are 0 to 1."""

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


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to train. `image_size` and `input_size` in pixels, multiples of 32.

    A network that trains on random crops sees its subjects enlarged; at inference it therefore
    does best on a somewhat larger input (Touvron et al. 2019, "Fixing the train-test resolution
    discrepancy"), so the two sizes are separate. With `mirror` the mirror image is looked at too,
    at inference. `risk` is the share (0 to 1) of validation photos that may fall on the wrong side
    of a threshold.
    """

    name: str
    architecture: str = "mobilenetv2"
    outputs: tuple[str, ...] = ("cat", "dog")
    image_size: int = 192
    input_size: int = 224
    mirror: bool = True
    epochs: int = 5
    batch_size: int = 32
    learning_rate: float = 4e-4
    weight_decay: float = 0.02
    head_decay: float = 1e-4
    warmup_epochs: float = 0.3
    ema_decay: float = 0.998
    dropout: float = 0.2
    validation_share: float = 0.1
    risk: float = 0.0075
    augmentation: Augmentation = field(default_factory=Augmentation)

    @property
    def store_side(self) -> int:
        """Shorter side, in pixels, of the photos a run keeps: room to crop from."""
        return max(self.input_size, int(self.image_size * 1.2))


RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in (Recipe(name="finetune"),)}
